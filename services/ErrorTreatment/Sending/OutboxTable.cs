using System.Data.Common;
using Dapper;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Treating;
using Integration.Storage;

namespace Integration.ErrorTreatment.Sending;

/// <summary>Messages that are committed and not known to be published. A lease keeps replicas apart while one publishes.</summary>
internal sealed class OutboxTable(IDatabase database, TreatmentOptions options, TimeProvider time)
{
    /// <summary>How long a replica has for publishing what it took.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Takes the oldest messages that nobody is publishing.</summary>
    public Task<IReadOnlyList<OutboxRow>> TakeAsync(int limit, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync<IReadOnlyList<OutboxRow>>(
            async transaction =>
            {
                var rows = await transaction.Connection!.QueryAsync<OutboxRow>(
                    $"""
                    select id, failure_id, message from outbox where leased_until <= @now order by id limit @limit
                    {database.Dialect.SkipLocked}
                    """,
                    new { now = now.ToUnixTimeMilliseconds(), limit = (long)limit },
                    transaction
                );
                List<OutboxRow> taken = [.. rows];
                await LeaseAsync(transaction, taken, now + Lease);
                return taken;
            },
            cancellation
        );
    }

    /// <summary>The broker has them. For a message that gets no answer, the wait whether it comes back begins.</summary>
    public Task RemoveAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellation) =>
        database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(
                    $"""
                    update failures set next_at = @next
                    where {database.Dialect.In(
                        "id",
                        "@failures"
                    )} and kind = 'message' and state = 'sent' and next_at is null
                    """,
                    new
                    {
                        next = (time.GetUtcNow() + options.ReturnWithin).ToUnixTimeMilliseconds(),
                        failures = rows.Select(row => row.FailureId).Distinct(StringComparer.Ordinal).ToArray(),
                    },
                    transaction
                );
                return await transaction.Connection!.ExecuteAsync(
                    $"delete from outbox where {database.Dialect.In("id", "@ids")}",
                    new { ids = rows.Select(row => row.Id).ToArray() },
                    transaction
                );
            },
            cancellation
        );

    /// <summary>Hands back what could not be published.</summary>
    public Task ReturnAsync(IReadOnlyList<OutboxRow> rows) =>
        database.WriteAsync(
            transaction => LeaseAsync(transaction, rows, DateTimeOffset.UnixEpoch),
            CancellationToken.None
        );

    /// <summary>Ends leases that a process which used this file before has left behind.</summary>
    public Task ReturnAllAsync(CancellationToken cancellation) =>
        database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync("update outbox set leased_until = 0", transaction: transaction),
            cancellation
        );

    private Task<int> LeaseAsync(DbTransaction transaction, IReadOnlyList<OutboxRow> rows, DateTimeOffset until) =>
        rows.Count == 0
            ? Task.FromResult(0)
            : transaction.Connection!.ExecuteAsync(
                $"update outbox set leased_until = @until where {database.Dialect.In("id", "@ids")}",
                new { until = until.ToUnixTimeMilliseconds(), ids = rows.Select(row => row.Id).ToArray() },
                transaction
            );
}
