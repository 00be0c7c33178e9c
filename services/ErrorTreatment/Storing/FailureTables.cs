using System.Data.Common;
using Dapper;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Treating;
using Integration.Storage;

namespace Integration.ErrorTreatment.Storing;

/// <summary>Reads and writes failures inside a transaction; rows that are read are locked against other replicas.</summary>
internal sealed class FailureTables(IDatabase database, TimeProvider time)
{
    private static readonly string[] _open =
    [
        FailureState.Retrying.Name(),
        FailureState.Sent.Name(),
        FailureState.Parked.Name(),
    ];

    // SQLite has one writer: no other can be at a row. Elsewhere rows are locked in the order of ids, so that two replicas
    // cannot wait for each other.
    private readonly string _lock = database.Dialect.Shared ? "for update" : "";

    /// <summary>Failures by what they are about, by task, by id.</summary>
    public async Task<List<Failure>> LockAsync(
        DbTransaction transaction,
        string[] subjects,
        string[] taskIds,
        string[] ids
    )
    {
        List<string> conditions = [];
        if (subjects.Length > 0)
            conditions.Add(database.Dialect.In("subject", "@subjects"));
        if (taskIds.Length > 0)
            conditions.Add(database.Dialect.In("task_id", "@taskIds"));
        if (ids.Length > 0)
            conditions.Add(database.Dialect.In("id", "@ids"));
        if (conditions.Count == 0)
            return [];

        var sql =
            $"select {FailureRow.Columns} from failures where {string.Join(" or ", conditions)} order by id {_lock}";
        return await LoadAsync(
            transaction,
            sql,
            new
            {
                subjects,
                taskIds,
                ids,
            }
        );
    }

    /// <summary>Failures whose moment has come, passing over those that another replica is at.</summary>
    public Task<List<Failure>> LockDueAsync(DbTransaction transaction, DateTimeOffset now, int limit) =>
        LoadAsync(
            transaction,
            $"""
            select {FailureRow.Columns} from failures where next_at <= @now order by next_at, id limit @limit
            {database.Dialect.SkipLocked}
            """,
            new { now = now.ToUnixTimeMilliseconds(), limit = (long)limit }
        );

    /// <summary>Open failures of tasks that these have asked for: the outer task, its engine, the failure's id.</summary>
    public async Task<List<(string TaskId, string? ReplyTo, string FailureId)>> OpenInnerAsync(
        DbTransaction transaction,
        string[] outerTaskIds
    )
    {
        var rows = await transaction.Connection!.QueryAsync<(string, string?, string)>(
            $"""
            select parent_task_id, parent_reply_to, id from failures
            where {database.Dialect.In("parent_task_id", "@outerTaskIds")}
                and {database.Dialect.In("state", "@states")}
            order by id
            """,
            new { outerTaskIds, states = _open },
            transaction
        );
        return [.. rows];
    }

    /// <summary>Adds what is new. False where another replica was faster.</summary>
    public async Task<IReadOnlyList<bool>> AddAsync(
        DbTransaction transaction,
        IReadOnlyList<Failure> failures,
        CancellationToken cancellation
    )
    {
        if (failures.Count == 0)
            return [];
        List<FailureRow> rows = [.. failures.Select(FailureRow.From)];
        var affected = await database.ExecuteManyAsync(transaction, FailureRow.Insert, rows, cancellation);
        return [.. affected.Select(count => count > 0)];
    }

    /// <summary>Tasks among these that their engines no longer wait for, with the reason.</summary>
    public async Task<IEnumerable<Withdrawn>> WithdrawalsAsync(DbTransaction transaction, string[] taskIds)
    {
        if (taskIds.Length == 0)
            return [];
        var ofTheseTasks = database.Dialect.In("task_id", "@taskIds");
        var rows = await transaction.Connection!.QueryAsync<(string TaskId, string Reason, string ReplyTo)>(
            $"""
            select task_id, reason, reply_to from engine_withdrawals where {ofTheseTasks}
            union all
            select task_id, reason, '' from withdrawals where {ofTheseTasks} and reply_to is null
            """,
            new { taskIds },
            transaction
        );
        return rows.Select(row => new Withdrawn(row.TaskId, row.Reason, row.ReplyTo)).ToList();
    }

    /// <summary>Remembers that an engine no longer waits, for errors that come later.</summary>
    public async Task AddWithdrawalsAsync(
        DbTransaction transaction,
        IReadOnlyList<Withdrawn> withdrawals,
        CancellationToken cancellation
    )
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        List<WithdrawalRow> rows =
        [
            .. withdrawals.Select(withdrawn => new WithdrawalRow(
                Storable.Text(withdrawn.TaskId),
                Storable.Text(withdrawn.ReplyTo ?? ""),
                Storable.Text(withdrawn.Reason),
                at
            )),
        ];
        await ManyAsync(
            transaction,
            """
            insert into engine_withdrawals (task_id, reply_to, reason, at) values (@TaskId, @ReplyTo, @Reason, @At)
            on conflict (task_id, reply_to) do nothing
            """,
            rows,
            cancellation
        );
        await ManyAsync(
            transaction,
            """
            insert into withdrawals (task_id, reply_to, reason, at) values (@TaskId, @ReplyTo, @Reason, @At)
            on conflict (task_id) do nothing
            """,
            rows,
            cancellation
        );
    }

    /// <summary>Writes what has changed and everything that follows from it.</summary>
    public async Task SaveAsync(DbTransaction transaction, PendingWrites writes, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var failure in writes.Changed)
            failure.UpdatedAt = now;
        await ManyAsync(
            transaction,
            FailureRow.Update,
            writes.Changed.OrderBy(failure => failure.Id, StringComparer.Ordinal).Select(FailureRow.From).ToList(),
            cancellation
        );
        await ManyAsync(transaction, AttemptRow.Insert, writes.Attempts.ConvertAll(AttemptRow.From), cancellation);
        await ManyAsync(transaction, HistoryRow.Insert, writes.History.ConvertAll(HistoryRow.From), cancellation);
        await OutboxRow.Table.AddAsync(
            database,
            transaction,
            writes.Messages.ConvertAll(sent => OutboxRow.From(sent.Failure.Id, sent.Message)),
            cancellation
        );
    }

    private async Task ManyAsync<T>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> rows,
        CancellationToken cancellation
    )
    {
        if (rows.Count > 0)
            await database.ExecuteManyAsync(transaction, sql, rows, cancellation);
    }

    private async Task<List<Failure>> LoadAsync(DbTransaction transaction, string sql, object parameters)
    {
        var connection = transaction.Connection!;
        var rows = await connection.QueryAsync<FailureRow>(sql, parameters, transaction);
        var failures = rows.Select(row => row.ToFailure()).ToDictionary(failure => failure.Id, StringComparer.Ordinal);
        if (failures.Count == 0)
            return [];

        var attempts = await connection.QueryAsync<(string FailureId, long Attempt)>(
            $"select failure_id, attempt from failure_attempts where {database.Dialect.In("failure_id", "@ids")}",
            new { ids = failures.Keys.ToArray() },
            transaction
        );
        foreach (var (failureId, attempt) in attempts)
            failures[failureId].KnownAttempts.Add((int)attempt);
        return [.. failures.Values];
    }

    private sealed record WithdrawalRow(string TaskId, string ReplyTo, string Reason, long At);
}
