using Integration.Bus.RabbitMq;
using MassTransit;

namespace Integration.Bus.MassTransit;

/// <summary>
/// A pipe on a receive endpoint of a MassTransit bus of its own, and so on a connection of its own: a message that costs it
/// takes the deliveries of no other pipe along.
/// </summary>
internal sealed class MassTransitSubscription(
    MassTransitHost host,
    HostReceiveEndpointHandle endpoint,
    HostedPipe hosted,
    ConsumedPipe consumed
) : ISubscription
{
    private readonly SemaphoreSlim _stopOnce = new(1, 1);
    private volatile bool _stopped;

    public string Queue => consumed.Pipe.Queue;

    public int InFlight => consumed.InFlight.Count;

    public bool Stopped => _stopped;

    public bool Consuming => !_stopped && hosted.Consuming;

    public async Task StopAsync(TimeSpan grace)
    {
        await _stopOnce.WaitAsync();
        try
        {
            if (_stopped)
                return;
            _stopped = true;
            await hosted.StopDeliveriesAsync();
            await consumed.InFlight.DrainAsync(grace);
            await endpoint.StopAsync(CancellationToken.None);
            await host.Bus.StopAsync(CancellationToken.None);
            await host.DisposeAsync();
        }
        finally
        {
            _stopOnce.Release();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);
}
