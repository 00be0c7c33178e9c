using System.Data.Common;
using Dapper;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>Publishes what was committed and never confirmed: whoever committed it has died, or could not reach the broker.</summary>
internal sealed class OutboxSweep(
    IDatabase database,
    OutboxPublisher publisher,
    InstanceWriter writer,
    CoreOptions options,
    TimeProvider time
)
{
    // A backlog of thousands goes out in one sweep; more than that would only wait behind the publisher.
    private const int Rounds = 16;

    private readonly string _claim = $"""
        select id from outbox where lease_until <= @now order by id limit 512 {database.Dialect.SkipLocked}
        """;

    /// <summary>
    /// At start a database of our own holds only what an earlier run has left: no lease needs to be waited for.
    /// </summary>
    public Task TakeOverAsync(CancellationToken cancellation) =>
        database.Dialect.Shared
            ? Task.CompletedTask
            : database.WriteAsync(
                transaction =>
                    transaction.Connection!.ExecuteAsync("update outbox set lease_until = 0", null, transaction),
                cancellation
            );

    /// <summary>Publishes what is left over.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var now = time.GetUtcNow();
            if (!await AnyAsync(now, cancellation))
                return;
            var rows = await database.WriteAsync(transaction => ClaimAsync(transaction, now), cancellation);
            publisher.Publish([.. rows.Where(row => !publisher.IsUnderWay(row.Id))], writer.Confirmed);
        }
    }

    private async Task<bool> AnyAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ExecuteScalarAsync<int?>(
            "select 1 from outbox where lease_until <= @now limit 1",
            new { now = now.ToUnixTimeMilliseconds() }
        )
            is not null;
    }

    private async Task<List<OutboxRow>> ClaimAsync(DbTransaction transaction, DateTimeOffset now)
    {
        var connection = transaction.Connection!;
        var ids = await connection.QueryAsync<string>(_claim, new { now = now.ToUnixTimeMilliseconds() }, transaction);
        var keys = ids.Select(id => new { Id = id, Until = (now + options.OutboxLease).ToUnixTimeMilliseconds() })
            .ToList();
        await database.ExecuteManyAsync(
            transaction,
            "update outbox set lease_until = @Until where id = @Id",
            keys,
            CancellationToken.None
        );
        var rows = await database.FindManyAsync(
            transaction,
            """
            select id, exchange, routing_key, type, correlation_id, reply_to, trace_parent, trace_state, created_at,
                lease_until, body
            from outbox where id = @Id
            """,
            keys,
            Read,
            CancellationToken.None
        );
        return [.. rows.OfType<OutboxRow>()];
    }

    private static OutboxRow Read(DbDataReader reader) =>
        new(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            Text(reader, 4),
            Text(reader, 5),
            Text(reader, 6),
            Text(reader, 7),
            reader.GetInt64(8),
            reader.GetInt64(9),
            (byte[])reader.GetValue(10)
        );

    private static string? Text(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}
