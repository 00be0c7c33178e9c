using Integration.Bus.RabbitMq;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.MassTransit;

/// <summary>
/// A pipe on an endpoint of its own, and so on a connection of its own: a message that costs it takes the deliveries of no
/// other pipe along. MassTransit restores a lost endpoint, after up to half a minute, and not in every case:
/// one that delivers nothing although the broker is there is replaced.
/// </summary>
/// <param name="consumed">The pipe.</param>
/// <param name="start">Makes an endpoint and returns when it consumes.</param>
/// <param name="connected">Whether the broker is there.</param>
/// <param name="time">For the time after which an endpoint is replaced.</param>
internal sealed class MassTransitSubscription(
    ConsumedPipe consumed,
    Func<CancellationToken, Task<HostedEndpoint>> start,
    Func<bool> connected,
    TimeProvider time
) : BrokerSubscription(consumed)
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _startingAtMost = TimeSpan.FromSeconds(10);
    private const int LooksBefore = 4;

    private readonly Outage _outage = new(time);
    private volatile HostedEndpoint? _endpoint;

    public override bool Consuming => !Stopped && _endpoint is { Consuming: true };

    /// <summary>Returns when deliveries can arrive.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        _endpoint = await start(cancellation);
        Keeping = Task.Run(WatchAsync, CancellationToken.None);
    }

    protected override async Task EndDeliveriesAsync()
    {
        if (_endpoint is { } endpoint)
            await endpoint.StopDeliveriesAsync();
    }

    protected override async Task CloseAsync()
    {
        if (_endpoint is { } endpoint)
            await endpoint.DisposeAsync();
    }

    private async Task WatchAsync()
    {
        for (var looks = 0; !Stopping.IsCancellationRequested; )
        {
            try
            {
                await Task.Delay(_between, time, Stopping);
                looks = Consuming || _endpoint is { Reading: true } || !connected() ? 0 : looks + 1;
                if (looks < LooksBefore)
                    continue;
                looks = 0;
                await ReplaceAsync();
            }
            catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (_outage.ShouldLog(e.Message))
                    Consumed.Log.LogWarning(
                        "{Queue} cannot be consumed ({Reason}); trying again until it can",
                        Queue,
                        e.Message
                    );
            }
        }
    }

    private async Task ReplaceAsync()
    {
        if (_outage.ShouldLog("it delivers nothing"))
            Consumed.Log.LogWarning(
                "{Queue} delivers nothing although RabbitMQ is there; its endpoint is replaced until it does",
                Queue
            );
        if (_endpoint is { } old)
        {
            _endpoint = null;
            await old.DisposeAsync();
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        patience.CancelAfter(_startingAtMost);
        _endpoint = await start(patience.Token);
        Consumed.Log.LogInformation("Consuming {Queue} again, after {Outage}", Queue, _outage.End());
    }
}
