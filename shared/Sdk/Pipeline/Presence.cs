using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// Says that the service is there and what it can do, then every half minute that it still is. Who does not know what it can do
/// may ask: then it says so again, for all who ask at once, and not more often than every few seconds.
/// </summary>
internal sealed class Presence(
    OperationCatalog operations,
    OperationContracts contracts,
    RunningTasks running,
    IBus bus,
    EventMessages messages,
    ServiceDescription service,
    TimeProvider time,
    ILogger<Presence> log
) : IServiceComponent, IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _asked = new(0, 1);
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellation)
    {
        _loop = Task.Run(() => LoopAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Takes note that an announcement is wanted.</summary>
    public void Ask(AnnouncementRequested request)
    {
        if (request.Service != service.Name || (request.Instance is { } instance && instance != service.Instance))
            return;
        lock (_asked)
        {
            if (_asked.CurrentCount == 0)
                _asked.Release();
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _asked.Dispose();
    }

    private async Task LoopAsync(CancellationToken stop)
    {
        try
        {
            await bus.PublishAsync(messages.Of(Announcement()), stop);
            await Task.WhenAll(BeatAsync(stop), AnswerAsync(stop));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Presence is news, not work: its loss must not end a service that does its work.
            log.LogWarning(e, "Presence is no longer announced.");
        }
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_interval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var heartbeat = new ServiceHeartbeat(service.Reference, time.GetUtcNow(), running.Count, contracts.Hash);
            await bus.PublishAsync(messages.Of(heartbeat), stop);
        }
    }

    private async Task AnswerAsync(CancellationToken stop)
    {
        while (true)
        {
            await _asked.WaitAsync(stop);
            await bus.PublishAsync(messages.Of(Announcement()), stop);
            await Task.Delay(_pause, time, stop);
        }
    }

    private ServiceAnnounced Announcement() =>
        new(
            service.Reference,
            time.GetUtcNow(),
            [
                .. operations.All.Select(operation => new OperationReference(
                    operation.Name,
                    operation.Version,
                    operation.Effect.ToString().ToLowerInvariant()
                )),
            ],
            contracts.Hash,
            contracts.All
        );
}
