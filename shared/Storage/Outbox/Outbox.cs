using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Integration.Storage;

/// <summary>
/// Messages that are committed together with what they follow from, and leave their table when the broker has confirmed them. A crash
/// between the two publishes the same message again, with the same id: never not at all.
/// </summary>
/// <remarks>
/// A lease keeps replicas apart while one of them publishes. Either an entry is added with a lease and given to <see cref="Publish"/> after
/// the commit, or it is added without one and published by the next <see cref="PublishWaitingAsync"/>, which the writer wakes. That
/// round also finds what is left over: its process has died, or could not reach the broker.
/// </remarks>
/// <typeparam name="TEntry">A message.</typeparam>
/// <typeparam name="TKey">string or long.</typeparam>
/// <param name="table">Where they lie.</param>
/// <param name="database">The database of that table.</param>
/// <param name="publish">
/// Completes when the broker has the message. It waits while the broker is away, or throws; either way the message stays.
/// </param>
/// <param name="lease">How long a process may take to publish before another one does.</param>
/// <param name="time">For leases.</param>
/// <param name="log">Says what is left behind at the end.</param>
public sealed class Outbox<TEntry, TKey>(
    OutboxTable<TEntry> table,
    IDatabase database,
    Func<TEntry, CancellationToken, Task> publish,
    TimeSpan lease,
    TimeProvider time,
    ILogger log
) : IDisposable
    where TEntry : IOutboxEntry<TKey>
    where TKey : notnull
{
    // One transaction, and one flight of confirms.
    private const int Batch = 500;

    // While the broker is away messages pile up; beyond this many they wait in the table only.
    private const int MostUnderWay = 10_000;

    private static readonly TimeSpan _lastWait = TimeSpan.FromSeconds(5);

    private readonly string _any = table.Any;
    private readonly string _oldest = table.Oldest(database.Dialect);
    private readonly string _leaseOne = table.Lease;
    private readonly string _removeOne = table.Remove;
    private readonly ConcurrentDictionary<TKey, Task> _underWay = new();
    private readonly ConcurrentQueue<TEntry> _confirmed = new();
    private readonly ConcurrentQueue<TKey> _returned = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>What else is written in the transaction that removes entries. The default value does nothing.</summary>
    public Func<DbTransaction, IReadOnlyList<TEntry>, Task> Removing { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>
    /// Begins to publish, in their order, and returns. What does not get out, or would be too much to hold in memory, is found in the
    /// table when its lease is over.
    /// </summary>
    /// <param name="committed">Added with a lease, and committed.</param>
    public void Publish(IEnumerable<TEntry> committed)
    {
        foreach (var entry in committed)
        {
            if (_underWay.Count >= MostUnderWay || _stopping.IsCancellationRequested)
                return;
            _ = PublishAsync(entry, _stopping.Token);
        }
    }

    /// <summary>Removes confirmed messages in a transaction that is written anyway.</summary>
    public async Task RemoveConfirmedAsync(DbTransaction transaction)
    {
        var confirmed = Take(_confirmed);
        try
        {
            await RemoveAsync(transaction, confirmed);
        }
        catch
        {
            // Rows that stay would only be published again after their lease, but there is no need for that.
            confirmed.ForEach(_confirmed.Enqueue);
            throw;
        }
    }

    /// <summary>Removes what is confirmed and hands back what did not get out, when no other transaction has come along to do it.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        while (!_confirmed.IsEmpty || !_returned.IsEmpty)
        {
            var confirmed = Take(_confirmed);
            var returned = Take(_returned);
            try
            {
                await database.WriteAsync(
                    async transaction =>
                    {
                        await RemoveAsync(transaction, confirmed);
                        await LeaseAsync(transaction, returned, DateTimeOffset.UnixEpoch);
                        return true;
                    },
                    cancellation
                );
            }
            catch
            {
                confirmed.ForEach(_confirmed.Enqueue);
                returned.ForEach(_returned.Enqueue);
                throw;
            }
        }
    }

    /// <summary>
    /// To be called at the start: a database that no other process uses holds only what an earlier run has left, and no lease needs to
    /// be waited for.
    /// </summary>
    public Task TakeOverAsync(CancellationToken cancellation) =>
        database.Dialect.Shared
            ? Task.CompletedTask
            : database.WriteAsync(
                transaction => transaction.Connection!.ExecuteAsync(table.ReturnAll, transaction: transaction),
                cancellation
            );

    /// <summary>Publishes, in their order, the messages that no process is publishing; returns when the broker has all of them.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="IOException">The broker did not confirm all of them; the others are handed back, to be tried again.</exception>
    public async Task<int> PublishWaitingAsync(CancellationToken cancellation)
    {
        await SettleAsync(cancellation);
        var published = 0;
        // What this process publishes from memory comes by, too, and again as soon as its lease is over.
        for (var idle = 0; idle < MostUnderWay / Batch && await AnyAsync(cancellation); )
        {
            var taken = await database.WriteAsync(transaction => TakeAsync(transaction, cancellation), cancellation);
            // Another replica was faster.
            if (taken.Count == 0)
                break;
            var some = await PublishAsync(taken, cancellation);
            published += some;
            idle = some > 0 ? 0 : idle + 1;
        }

        return published;
    }

    /// <summary>Waits some seconds for what is on its way, then gives up what still is: it stays in the table.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(_underWay.Values)
            .WaitAsync(_lastWait, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_underWay.IsEmpty)
            log.LogInformation("{Count} messages stay in the outbox until the next start.", _underWay.Count);
        await _stopping.CancelAsync();
        await Task.WhenAll(_underWay.Values);
        try
        {
            await SettleAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or StorageException)
        {
            log.LogWarning(
                "The outbox could not record what is published ({Reason}); {Count} messages are published once more.",
                e.Message,
                _confirmed.Count
            );
        }
    }

    /// <inheritdoc />
    public void Dispose() => _stopping.Dispose();

    private async Task<bool> AnyAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ExecuteScalarAsync<int?>(_any, new { now = time.GetUtcNow().ToUnixTimeMilliseconds() })
            is not null;
    }

    private async Task<List<TEntry>> TakeAsync(DbTransaction transaction, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var taken = new List<TEntry>();
        await using (
            var reader = await transaction.Connection!.ExecuteReaderAsync(
                _oldest,
                new { now = now.ToUnixTimeMilliseconds(), limit = (long)Batch },
                transaction
            )
        )
        {
            while (await reader.ReadAsync(cancellation))
                taken.Add(table.Read(reader));
        }

        await LeaseAsync(transaction, taken.ConvertAll(entry => entry.Id), now + lease);
        return taken;
    }

    private async Task<int> PublishAsync(List<TEntry> taken, CancellationToken cancellation)
    {
        // Given up before the lease ends, so that no other replica publishes the same at the same time.
        var within = lease * 0.8;
        using var patience = new CancellationTokenSource(within, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            patience.Token,
            cancellation,
            _stopping.Token
        );
        // What this process is publishing from memory goes on, with its lease renewed.
        var failures = await Task.WhenAll(
            taken.Where(entry => !_underWay.ContainsKey(entry.Id)).Select(entry => PublishAsync(entry, ended.Token))
        );
        await SettleAsync(CancellationToken.None);
        if (failures.FirstOrDefault(failure => failure is not null) is not { } reason)
            return failures.Length;
        cancellation.ThrowIfCancellationRequested();
        var why = reason is OperationCanceledException ? $"not within {within}" : reason.Message;
        throw new IOException($"Messages are not confirmed by the broker: {why}", reason);
    }

    /// <returns>Why it did not get out; null when it did.</returns>
    private async Task<Exception?> PublishAsync(TEntry entry, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_underWay.TryAdd(entry.Id, done.Task))
            return null;
        try
        {
            await publish(entry, cancellation);
            _confirmed.Enqueue(entry);
            return null;
        }
        catch (Exception e)
        {
            _returned.Enqueue(entry.Id);
            return e;
        }
        finally
        {
            _underWay.TryRemove(entry.Id, out _);
            done.SetResult();
        }
    }

    private async Task RemoveAsync(DbTransaction transaction, List<TEntry> confirmed)
    {
        if (confirmed.Count == 0)
            return;
        await Removing(transaction, confirmed);
        await database.ExecuteManyAsync(
            transaction,
            _removeOne,
            confirmed.ConvertAll(entry => new OutboxLease<TKey>(entry.Id, 0)),
            CancellationToken.None
        );
    }

    private async Task LeaseAsync(DbTransaction transaction, List<TKey> ids, DateTimeOffset until)
    {
        if (ids.Count == 0)
            return;
        await database.ExecuteManyAsync(
            transaction,
            _leaseOne,
            ids.ConvertAll(id => new OutboxLease<TKey>(id, until.ToUnixTimeMilliseconds())),
            CancellationToken.None
        );
    }

    private static List<T> Take<T>(ConcurrentQueue<T> queue)
    {
        var taken = new List<T>();
        while (taken.Count < 1024 && queue.TryDequeue(out var one))
            taken.Add(one);
        return taken;
    }
}
