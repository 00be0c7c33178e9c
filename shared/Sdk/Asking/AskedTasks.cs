using System.Data.Common;
using System.Text.Json;
using Dapper;
using Integration.Contracts;
using Integration.Storage;

namespace Integration.Sdk;

/// <summary>The tables of waiting tasks and of the tasks that they asked for.</summary>
internal sealed class AskedTasks(IDatabase database, TimeProvider time)
{
    private const string SelectAsked = """
        select inner_id, reply_to, task_id, step, operation, version, fingerprint, state, answer from asked_tasks
        """;

    private const string InsertWaiting = """
        insert into waiting_tasks (task_id, reply_to, attempt, fingerprint, plain_key, request, recorded_at)
        values (@TaskId, @ReplyTo, @Attempt, @Fingerprint, @PlainKey, @Request, @Now)
        on conflict (task_id, reply_to) do update set
            attempt = excluded.attempt, fingerprint = excluded.fingerprint, request = excluded.request,
            recorded_at = excluded.recorded_at
        where waiting_tasks.attempt < excluded.attempt
            or (waiting_tasks.attempt = excluded.attempt and waiting_tasks.fingerprint = excluded.fingerprint)
        """;

    private const string InsertAsked = """
        insert into asked_tasks (inner_id, task_id, reply_to, step, operation, version, fingerprint, state, answer)
        values (@InnerId, @TaskId, @ReplyTo, @Step, @Operation, @Version, @Fingerprint, @State, null)
        on conflict do nothing
        """;

    /// <summary>The outer task as it waits, and everything that it has asked; null when it has asked nothing yet.</summary>
    public async Task<(WaitingTask? Waiting, List<AskedTask> Asked)> LoadAsync(
        TaskIdentity outer,
        CancellationToken cancellation
    )
    {
        var key = new { outer.TaskId, ReplyTo = outer.Engine };
        await using var connection = await database.OpenAsync(cancellation);
        var waiting = await connection.QuerySingleOrDefaultAsync<WaitingRow>(
            "select fingerprint, plain_key, request from waiting_tasks where task_id = @TaskId and reply_to = @ReplyTo",
            key
        );
        if (waiting is null)
            return (null, []);
        var asked = await connection.QueryAsync<AskedRow>(
            $"{SelectAsked} where task_id = @TaskId and reply_to = @ReplyTo order by step",
            key
        );
        return (waiting.ToWaiting(), [.. asked.Select(row => row.ToAsked())]);
    }

    /// <summary>What an inner task was asked for; null when this service has not, or its outer task has ended.</summary>
    public async Task<AskedTask?> FindAsync(string innerId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<AskedRow>(
            $"{SelectAsked} where inner_id = @innerId",
            new { innerId }
        );
        return row?.ToAsked();
    }

    /// <summary>The waiting tasks of an id: of one engine, or of every one.</summary>
    public async Task<List<WaitingTask>> WaitingAsync(string? replyTo, string taskId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<WaitingRow>(
            $"select fingerprint, plain_key, request from waiting_tasks where task_id = @taskId {(replyTo is null ? "" : "and reply_to = @replyTo")}",
            new { taskId, replyTo }
        );
        return [.. rows.Select(row => row.ToWaiting())];
    }

    /// <summary>How many outer tasks wait for an answer.</summary>
    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ExecuteScalarAsync<long>(
            """
            select count(*) from waiting_tasks where exists (
                select 1 from asked_tasks
                where asked_tasks.task_id = waiting_tasks.task_id and asked_tasks.reply_to = waiting_tasks.reply_to
                    and asked_tasks.state <= @Open)
            """,
            new { Open = (int)AskedState.Open }
        );
    }

    /// <summary>
    /// Records, together, that the outer task waits and what it asks. What another process has recorded for the same step
    /// stays, and is returned.
    /// </summary>
    public Task<AskedTask> AddAsync(WaitingTask waiting, AskedTask asked, CancellationToken cancellation) =>
        database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                await connection.ExecuteAsync(InsertWaiting, RowOf(waiting), transaction);
                await connection.ExecuteAsync(
                    InsertAsked,
                    new
                    {
                        asked.InnerId,
                        asked.TaskId,
                        asked.ReplyTo,
                        asked.Step,
                        asked.Operation,
                        asked.Version,
                        asked.Fingerprint,
                        State = (int)asked.State,
                    },
                    transaction
                );
                var row = await connection.QuerySingleAsync<AskedRow>(
                    $"{SelectAsked} where inner_id = @InnerId",
                    new { asked.InnerId },
                    transaction
                );
                return row.ToAsked();
            },
            cancellation
        );

    /// <summary>The outer task was sent again: what is known of it now is its latest attempt.</summary>
    public Task RenewAsync(WaitingTask waiting, CancellationToken cancellation) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(InsertWaiting, RowOf(waiting), transaction),
            cancellation
        );

    /// <summary>The broker has it.</summary>
    public Task PublishedAsync(string innerId, CancellationToken cancellation) =>
        database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync(
                    "update asked_tasks set state = @Open where inner_id = @innerId and state = @Recorded",
                    new
                    {
                        innerId,
                        Open = (int)AskedState.Open,
                        Recorded = (int)AskedState.Recorded,
                    },
                    transaction
                ),
            cancellation
        );

    /// <summary>Records an answer. The first one stays.</summary>
    public Task AnswerAsync(string innerId, AskedState state, byte[] answer, CancellationToken cancellation) =>
        database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync(
                    "update asked_tasks set state = @State, answer = @answer where inner_id = @innerId and state <= @Open",
                    new
                    {
                        innerId,
                        answer,
                        State = (int)state,
                        Open = (int)AskedState.Open,
                    },
                    transaction
                ),
            cancellation
        );

    /// <summary>The outer task has its final outcome, which the journal keeps.</summary>
    public Task ForgetAsync(TaskIdentity outer, CancellationToken cancellation) =>
        database.WriteAsync(
            transaction =>
                DeleteAsync(transaction, [new Key { TaskId = outer.TaskId, ReplyTo = outer.Engine }], cancellation),
            cancellation
        );

    /// <summary>
    /// Forgets outer tasks that wait for nothing, because error treatment has them, and that were not heard of since
    /// <paramref name="before"/>. One that waits for an answer is never forgotten.
    /// </summary>
    /// <returns>How many that were.</returns>
    public Task<int> PurgeAsync(DateTimeOffset before, int atMost, CancellationToken cancellation) =>
        database.WriteAsync(
            async transaction =>
            {
                var keys = await transaction.Connection!.QueryAsync<Key>(
                    """
                    select task_id, reply_to from waiting_tasks
                    where recorded_at < @Before and not exists (
                        select 1 from asked_tasks
                        where asked_tasks.task_id = waiting_tasks.task_id and asked_tasks.reply_to = waiting_tasks.reply_to
                            and asked_tasks.state <= @Open)
                    order by recorded_at limit @AtMost
                    """,
                    new
                    {
                        Before = before.ToUnixTimeMilliseconds(),
                        Open = (int)AskedState.Open,
                        AtMost = (long)atMost,
                    },
                    transaction
                );
                return await DeleteAsync(transaction, [.. keys], cancellation);
            },
            cancellation
        );

    private async Task<int> DeleteAsync(DbTransaction transaction, List<Key> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
            return 0;
        await database.ExecuteManyAsync(
            transaction,
            "delete from asked_tasks where task_id = @TaskId and reply_to = @ReplyTo",
            keys,
            cancellation
        );
        await database.ExecuteManyAsync(
            transaction,
            "delete from waiting_tasks where task_id = @TaskId and reply_to = @ReplyTo",
            keys,
            cancellation
        );
        return keys.Count;
    }

    private object RowOf(WaitingTask waiting) =>
        new
        {
            waiting.Request.TaskId,
            waiting.Request.ReplyTo,
            waiting.Request.Attempt,
            waiting.Fingerprint,
            PlainKey = waiting.PlainKey ? 1 : 0,
            Request = JsonSerializer.SerializeToUtf8Bytes(waiting.Request, ContractJson.Default.TaskRequested),
            Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };

    private sealed class Key
    {
        public string TaskId { get; init; } = "";
        public string ReplyTo { get; init; } = "";
    }

    private sealed class WaitingRow
    {
        public byte[] Fingerprint { get; init; } = [];
        public long PlainKey { get; init; }
        public byte[] Request { get; init; } = [];

        public WaitingTask ToWaiting() =>
            new(JsonSerializer.Deserialize(Request, ContractJson.Default.TaskRequested)!, Fingerprint, PlainKey != 0);
    }

    private sealed class AskedRow
    {
        public string InnerId { get; init; } = "";
        public string ReplyTo { get; init; } = "";
        public string TaskId { get; init; } = "";
        public string Step { get; init; } = "";
        public string Operation { get; init; } = "";
        public long Version { get; init; }
        public byte[] Fingerprint { get; init; } = [];
        public long State { get; init; }
        public byte[]? Answer { get; init; }

        public AskedTask ToAsked() =>
            new(InnerId, ReplyTo, TaskId, Step, Operation, (int)Version, Fingerprint, (AskedState)State, Answer);
    }
}
