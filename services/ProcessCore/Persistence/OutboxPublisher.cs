using System.Collections.Concurrent;
using Integration.Bus;
using Integration.Hosting;

namespace Integration.ProcessCore.Persistence;

/// <summary>
/// Publishes what was committed: all at once, confirms pipelined. What it cannot hold in memory, or does not get out,
/// stays in the outbox and is found there again.
/// </summary>
internal sealed class OutboxPublisher(IBus bus, ServiceDescription service, ILogger<OutboxPublisher> log) : IDisposable
{
    // While the broker is away messages pile up; beyond this many they wait in the table only.
    private const int MostUnderWay = 10_000;

    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Ids that are on their way: no other attempt is needed.</summary>
    public bool IsUnderWay(string id) => _underWay.ContainsKey(id);

    /// <summary>Begins to publish, and returns.</summary>
    /// <param name="messages">Committed.</param>
    /// <param name="confirmed">Called with the id of each that the broker has.</param>
    public void Publish(IReadOnlyList<OutboxRow> messages, Action<string> confirmed)
    {
        foreach (var message in messages)
        {
            if (_underWay.Count >= MostUnderWay || _stopping.IsCancellationRequested)
                return;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_underWay.TryAdd(message.Id, done.Task))
                _ = PublishAsync(message, confirmed, done);
        }
    }

    /// <summary>Waits for what is on its way, then gives up what still is: it stays in the outbox.</summary>
    public async Task StopAsync(CancellationToken patience)
    {
        try
        {
            await Task.WhenAll(_underWay.Values).WaitAsync(TimeSpan.FromSeconds(5), patience);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            log.LogInformation("{Count} messages stay in the outbox until the next start.", _underWay.Count);
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(_underWay.Values);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task PublishAsync(OutboxRow message, Action<string> confirmed, TaskCompletionSource done)
    {
        try
        {
            await bus.PublishAsync(message.ToMessage(service.Name), _stopping.Token);
            confirmed(message.Id);
        }
        catch (Exception e)
        {
            if (!_stopping.IsCancellationRequested)
                log.LogWarning(e, "Message {Id} was not published; it stays in the outbox.", message.Id);
        }
        finally
        {
            _underWay.TryRemove(message.Id, out _);
            done.SetResult();
        }
    }
}
