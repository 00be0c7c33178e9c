using MassTransit;

namespace Integration.Bus.MassTransit;

/// <summary>A pipe on a receive endpoint of its own.</summary>
internal sealed class MassTransitSubscription(HostReceiveEndpointHandle endpoint, HostedPipe hosted, InFlight inFlight)
    : ISubscription
{
    private readonly SemaphoreSlim _stopOnce = new(1, 1);
    private bool _stopped;

    public int InFlight => inFlight.Count;

    public async Task StopAsync(TimeSpan grace)
    {
        await _stopOnce.WaitAsync();
        try
        {
            if (_stopped)
                return;
            _stopped = true;
            await hosted.StopDeliveriesAsync();
            await inFlight.DrainAsync(grace);
            await endpoint.StopAsync(CancellationToken.None);
        }
        finally
        {
            _stopOnce.Release();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);
}
