using System.Data.Common;
using Dapper;
using Integration.ProcessCore.Engine;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>Instances with a timer that is due or a deadline that is over. Each replica takes those that no other one has.</summary>
internal sealed class DueWork(InstanceWriter writer, IDatabase database, TimeProvider time)
{
    private const int Most = 128;

    private readonly string _select = $"""
        select id from instances where next_due <= @now order by next_due limit {Most} {database.Dialect.SkipLocked}
        """;

    /// <summary>Does what is due.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> DoAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        // A look without a lock: mostly nothing is due, and then nothing needs to be written.
        await using (var connection = await database.OpenAsync(cancellation))
        {
            const string any = "select 1 from instances where next_due <= @now limit 1";
            if (await connection.ExecuteScalarAsync<int?>(any, new { now }) is null)
                return false;
        }

        var outcomes = await writer.DoAsync(
            (transaction, instances) => PassTimeAsync(transaction, instances, now),
            cancellation
        );
        return outcomes.Count == Most;
    }

    private async Task<IReadOnlyList<Outcome>> PassTimeAsync(
        DbTransaction transaction,
        InstanceTransaction instances,
        long now
    )
    {
        var due = (await transaction.Connection!.QueryAsync<string>(_select, new { now }, transaction)).ToList();
        await instances.LoadAsync(due);
        return [.. due.Select(id => instances.Apply(new InstanceWork(id, new PassTime(), default)))];
    }
}
