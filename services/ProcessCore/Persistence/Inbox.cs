using System.Data.Common;
using Dapper;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>
/// Requests to start something, by the id that their sender gave them: each counts once. Results need no inbox: a task
/// is open in the state of its instance, or it has had its final event.
/// </summary>
internal static class Inbox
{
    private const string Insert = """
        insert into inbox (request_id, instance_id, taken_at) values (@RequestId, @InstanceId, @TakenAt)
        on conflict (request_id) do nothing
        """;

    /// <summary>Writes the ids down; returns the starts that repeat an earlier one, with what that had started.</summary>
    public static async Task<IReadOnlyDictionary<StartWork, string>> TakeAsync(
        IDatabase database,
        DbTransaction transaction,
        IReadOnlyList<StartWork> starts,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var repeated = new Dictionary<StartWork, string>(ReferenceEqualityComparer.Instance);
        // In the order of their ids, so that two replicas cannot wait for each other.
        var identified = starts
            .Where(start => start.RequestId is not null)
            .OrderBy(start => start.RequestId, StringComparer.Ordinal)
            .ToList();
        if (identified.Count == 0)
            return repeated;
        var taken = await database.ExecuteManyAsync(
            transaction,
            Insert,
            identified.ConvertAll(start => new InboxRow(
                start.RequestId!,
                start.Command.InstanceId,
                now.ToUnixTimeMilliseconds()
            )),
            cancellation
        );
        foreach (var (start, _) in identified.Zip(taken).Where(pair => pair.Second == 0))
            repeated.Add(start, await EarlierAsync(transaction, start.RequestId!));
        return repeated;
    }

    /// <summary>Whether the id was taken.</summary>
    public static async Task<bool> HasAsync(IDatabase database, string requestId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ExecuteScalarAsync<int?>(
            "select 1 from inbox where request_id = @requestId",
            new { requestId }
        )
            is not null;
    }

    private static async Task<string> EarlierAsync(DbTransaction transaction, string requestId) =>
        await transaction.Connection!.QuerySingleAsync<string>(
            "select instance_id from inbox where request_id = @requestId",
            new { requestId },
            transaction
        );
}
