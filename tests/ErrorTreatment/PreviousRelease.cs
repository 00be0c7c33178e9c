using System.Data.Common;
using Dapper;
using Integration.Storage;

namespace Integration.ErrorTreatment.Tests;

/// <summary>The tables as the release before engines made them, and what its replicas do with them.</summary>
internal static class PreviousRelease
{
    /// <summary>As released, with a task that waits for an operator, one that was sent, one of no known engine, and a withdrawal.</summary>
    public const string Script = """
        create table schema_versions (
            component text not null,
            version bigint not null,
            applied_at text not null,
            primary key (component, version)
        );
        insert into schema_versions values ('error-treatment', 1, '2026-06-01T08:00:00.0000000+00:00');
        create table failures (
            id text primary key,
            subject text not null unique,
            kind text not null,
            state text not null,
            reason text not null,
            task_id text,
            operation text,
            process text,
            business_key text,
            reply_to text,
            category text not null,
            code text not null,
            service text,
            attempt bigint not null,
            retries bigint not null,
            next_at bigint,
            span bigint,
            trace_parent text,
            error text not null,
            request text,
            message text,
            search text not null,
            first_at bigint not null,
            updated_at bigint not null
        );
        create index failures_next on failures (next_at) where next_at is not null;
        create index failures_task on failures (task_id);
        create index failures_state on failures (state, category);
        create table failure_attempts (
            failure_id text not null references failures (id) on delete cascade,
            attempt bigint not null,
            occurred_at bigint not null,
            service text,
            error text not null,
            primary key (failure_id, attempt)
        );
        create table failure_history (
            id {identity},
            failure_id text not null references failures (id) on delete cascade,
            at bigint not null,
            state text not null,
            attempt bigint not null,
            note text not null,
            by_whom text
        );
        create index failure_history_failure on failure_history (failure_id);
        create table withdrawals (
            task_id text primary key,
            reason text not null,
            at bigint not null
        );
        create table outbox (
            id {identity},
            failure_id text not null,
            message text not null,
            leased_until bigint not null
        );
        insert into withdrawals (task_id, reason, at) values ('withdrawn', 'The engine no longer waits.', 1767225600000);
        """;

    private const string Failure = """
        insert into failures (id, subject, kind, state, reason, task_id, operation, process, business_key, reply_to, category,
            code, service, attempt, retries, next_at, span, trace_parent, error, request, message, search, first_at, updated_at)
        values (@Id, 'task/' || @TaskId, 'task', @State, 'because', @TaskId, 'rest.request', null, null, @ReplyTo, 'access',
            'unauthorized', 'rest', 1, 0, null, null, null,
            '{"category":"access","code":"unauthorized","message":"401"}', @Request, null, @TaskId, 1767225600000, 1767225600000)
        on conflict (subject) do nothing
        """;

    /// <summary>A failure as a replica of that release writes it.</summary>
    public static Task<int> AddAsync(DbTransaction transaction, string taskId, string state, string? replyTo) =>
        transaction.Connection!.ExecuteAsync(
            Failure,
            new
            {
                Id = Guid.CreateVersion7().ToString(),
                TaskId = taskId,
                State = state,
                ReplyTo = replyTo,
                Request = replyTo is null
                    ? null
                    : $$"""
                    {"taskId":"{{taskId}}","operation":"rest.request","version":1,"replyTo":"{{replyTo}}","inputs":{"url":"http://partner.example/orders"},"attempt":1}
                    """,
            },
            transaction
        );

    /// <summary>How a replica of that release looks for the failure of a task.</summary>
    public static Task<string?> FindAsync(DbTransaction transaction, string taskId) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<string?>(
            "select state from failures where subject = 'task/' || @taskId",
            new { taskId },
            transaction
        );

    /// <summary>How it looks whether a task was withdrawn before its error came.</summary>
    public static Task<string?> WithdrawalAsync(DbTransaction transaction, string taskId) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<string?>(
            "select reason from withdrawals where task_id = @taskId",
            new { taskId },
            transaction
        );

    public static Task CreateAsync(IDatabase database) =>
        database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync(database.Dialect.Translate(Script), transaction: transaction),
            CancellationToken.None
        );
}
