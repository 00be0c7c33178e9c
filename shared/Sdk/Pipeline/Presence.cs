using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>Says that the service is there and what it can do, then every half minute that it still is.</summary>
internal sealed class Presence(
    OperationCatalog operations,
    RunningTasks running,
    IBus bus,
    EventMessages messages,
    ServiceDescription service,
    TimeProvider time,
    ILogger<Presence> log
) : IServiceComponent, IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellation)
    {
        _loop = LoopAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task LoopAsync(CancellationToken stop)
    {
        try
        {
            await bus.PublishAsync(messages.Of(Announcement()), stop);
            using var timer = new PeriodicTimer(_interval, time);
            while (await timer.WaitForNextTickAsync(stop))
            {
                var heartbeat = new ServiceHeartbeat(service.Reference, time.GetUtcNow(), running.Count);
                await bus.PublishAsync(messages.Of(heartbeat), stop);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Presence is news, not work: its loss must not end a service that does its work.
            log.LogWarning(e, "Presence is no longer announced.");
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
            ]
        );
}
