using System.Data.Common;
using System.Text;
using Dapper;
using Integration.Contracts;
using Integration.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Integration.Sdk.Tests.Journal;

/// <summary>The journal as the release before engines made it, and what its replicas do with it.</summary>
internal sealed class PreviousRelease(Func<DbConnection> open, string blob)
{
    // As released. A test of an upgrade that builds the old tables with new code proves nothing.
    private const string Tables = """
        create table schema_versions (
            component text not null,
            version bigint not null,
            applied_at text not null,
            primary key (component, version)
        );
        insert into schema_versions values ('journal', 1, '2026-06-01T08:00:00.0000000+00:00');
        create table journal (
            task_id text not null primary key,
            attempt integer not null,
            state integer not null,
            operation text not null,
            owner text not null,
            expires_at bigint not null,
            outcome {blob},
            recorded_at bigint not null
        );
        create index journal_recorded_at on journal (recorded_at);
        """;

    private const string Intent = """
        insert into journal (task_id, attempt, state, operation, owner, expires_at, outcome, recorded_at)
        values (@TaskId, @Attempt, @State, @Operation, @Owner, @ExpiresAt, null, @RecordedAt)
        on conflict (task_id) do update set
            attempt = excluded.attempt, state = excluded.state, owner = excluded.owner,
            expires_at = excluded.expires_at, outcome = null, recorded_at = excluded.recorded_at
        where (journal.state in (0, 2) and journal.attempt < excluded.attempt)
            or (journal.state = 1 and journal.attempt = excluded.attempt and journal.owner = excluded.owner)
        """;

    private const string Outcome = """
        insert into journal (task_id, attempt, state, operation, owner, expires_at, outcome, recorded_at)
        values (@TaskId, @Attempt, @State, @Operation, @Owner, @ExpiresAt, @Outcome, @RecordedAt)
        on conflict (task_id) do update set
            attempt = excluded.attempt, state = excluded.state, owner = excluded.owner,
            expires_at = 0, outcome = excluded.outcome, recorded_at = excluded.recorded_at
        where journal.state <= 2 and journal.attempt <= excluded.attempt
        """;

    public static PreviousRelease OnSqlite(string file) =>
        new(() => new SqliteConnection($"Data Source={file};Pooling=False"), SqlDialect.Sqlite.Blob);

    public static PreviousRelease OnPostgreSql(string connectionString) =>
        new(() => new NpgsqlConnection(connectionString), SqlDialect.PostgreSql.Blob);

    public Task CreateAsync() => ExecuteAsync(Tables.Replace("{blob}", blob, StringComparison.Ordinal));

    /// <summary>What its journal knows: the lookup that decides whether its replica executes the task.</summary>
    public async Task<(int Attempt, JournalState State)?> FindAsync(string taskId)
    {
        await using var connection = open();
        return
            await connection.QuerySingleOrDefaultAsync<(int, int)?>(
                "select attempt, state from journal where task_id = @taskId",
                new { taskId }
            )
                is var (attempt, state)
            ? (attempt, (JournalState)state)
            : null;
    }

    public Task<int> CompleteAsync(TaskRequested request, int call) =>
        WriteAsync(
            Outcome,
            request,
            JournalState.Completed,
            $$$"""
            {"taskId":"{{{request.TaskId}}}","operation":"{{{request.Operation}}}","version":1,"replyTo":"{{{request.ReplyTo}}}",
            "outputs":{"call":{{{call}}}},"startedAt":"2026-06-01T08:00:00Z","completedAt":"2026-06-01T08:00:00.08Z",
            "service":{"name":"test-service","version":"0.1.0","instance":"old-1"},"attempt":{{{request.Attempt}}},"status":200,
            "replayed":false}
            """
        );

    public Task<int> FailAsync(TaskRequested request, string category, string code) =>
        WriteAsync(
            Outcome,
            request,
            category == "in-doubt" ? JournalState.InDoubt : JournalState.Errored,
            $$$"""
            {"error":{"category":"{{{category}}}","code":"{{{code}}}","message":"It failed.","retryable":true},
            "occurredAt":"2026-06-01T08:00:00Z","service":{"name":"test-service","version":"0.1.0","instance":"old-1"},
            "taskId":"{{{request.TaskId}}}","attempt":{{{request.Attempt}}},"operation":"{{{request.Operation}}}",
            "request":{"taskId":"{{{request.TaskId}}}","operation":"{{{request.Operation}}}","version":1,
            "replyTo":"{{{request.ReplyTo}}}","inputs":{{{request.Inputs.GetRawText()}}},"attempt":{{{request.Attempt}}}}}
            """
        );

    public Task<int> IntendAsync(TaskRequested request) => WriteAsync(Intent, request, JournalState.Intent, null);

    public async Task<int> ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = open();
        return await connection.ExecuteAsync(sql, parameters);
    }

    private Task<int> WriteAsync(string sql, TaskRequested request, JournalState state, string? outcome) =>
        ExecuteAsync(
            sql,
            new
            {
                request.TaskId,
                request.Attempt,
                State = (int)state,
                request.Operation,
                Owner = "a replica of the release before",
                ExpiresAt = 0L,
                Outcome = outcome is null ? null : Encoding.UTF8.GetBytes(outcome),
                RecordedAt = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            }
        );
}
