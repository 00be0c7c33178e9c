using Integration.Bus.RabbitMq;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.MassTransit;

/// <summary>
/// A pipe on an endpoint of its own, and so on a connection of its own: a message that costs it takes the deliveries of no
/// other pipe along. MassTransit brings a lost endpoint back by itself, after up to half a minute, and not in every case:
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
) : ISubscription
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _startingAtMost = TimeSpan.FromSeconds(10);
    private const int LooksBefore = 4;

    private readonly SemaphoreSlim _stopOnce = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Outage _outage = new(time);
    private volatile HostedEndpoint? _endpoint;
    private Task _watching = Task.CompletedTask;
    private volatile bool _stopped;

    public string Queue => consumed.Pipe.Queue;

    public int InFlight => consumed.InFlight.Count;

    public bool Stopped => _stopped;

    public bool Consuming => !_stopped && _endpoint is { Consuming: true };

    /// <summary>Returns when deliveries can arrive.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        _endpoint = await start(cancellation);
        _watching = Task.Run(WatchAsync, CancellationToken.None);
    }

    public async Task StopAsync(TimeSpan grace)
    {
        await _stopOnce.WaitAsync();
        try
        {
            if (_stopped)
                return;
            _stopped = true;
            await _stopping.CancelAsync();
            await _watching;
            if (_endpoint is { } endpoint)
                await endpoint.StopDeliveriesAsync();
            await consumed.InFlight.DrainAsync(grace);
            if (_endpoint is { } last)
                await last.DisposeAsync();
        }
        finally
        {
            _stopOnce.Release();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

    private async Task WatchAsync()
    {
        for (var looks = 0; !_stopping.IsCancellationRequested; )
        {
            try
            {
                await Task.Delay(_between, time, _stopping.Token);
                looks = Consuming || _endpoint is { Reading: true } || !connected() ? 0 : looks + 1;
                if (looks < LooksBefore)
                    continue;
                looks = 0;
                await ReplaceAsync();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (_outage.IsToBeTold(e.Message))
                    consumed.Log.LogWarning(
                        "{Queue} cannot be consumed ({Reason}); trying again until it can",
                        Queue,
                        e.Message
                    );
            }
        }
    }

    private async Task ReplaceAsync()
    {
        if (_outage.IsToBeTold("it delivers nothing"))
            consumed.Log.LogWarning(
                "{Queue} delivers nothing although RabbitMQ is there; its endpoint is replaced until it does",
                Queue
            );
        if (_endpoint is { } old)
        {
            _endpoint = null;
            await old.DisposeAsync();
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        patience.CancelAfter(_startingAtMost);
        _endpoint = await start(patience.Token);
        consumed.Log.LogInformation("Consuming {Queue} again, after {Outage}", Queue, _outage.End());
    }
}
