using Microsoft.Extensions.Logging;

namespace Integration.Bus.RabbitMq;

/// <summary>
/// Consumes one pipe, over one channel after the other as the broker comes and goes, on a connection of its own: a message that
/// costs it takes the deliveries of no other pipe along.
/// </summary>
internal sealed class RabbitMqSubscription(
    RabbitMqLink link,
    ConsumedPipe consumed,
    UndecodableReader undecodable,
    TimeProvider time
) : ISubscription
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _stopOnce = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Outage _outage = new(time);
    private volatile DeliveryConsumer? _consumer;
    private Task _consuming = Task.CompletedTask;
    private volatile bool _stopped;

    public string Queue => consumed.Pipe.Queue;

    public int InFlight => consumed.InFlight.Count;

    public bool Stopped => _stopped;

    public bool Consuming => !_stopped && !_consuming.IsCompleted && _consumer is { Running: true };

    /// <summary>Returns when the first channel consumes; later ones follow by themselves.</summary>
    /// <exception cref="InvalidOperationException">The queue exists, with other arguments.</exception>
    /// <exception cref="MissingGrantException">The broker's user may not declare or bind it.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        DeliveryConsumer? first = null;
        while (first is null)
        {
            try
            {
                first = await ConsumeAsync(cancellation);
            }
            catch (Exception e)
                when (e is not (InvalidOperationException or MissingGrantException)
                    && !cancellation.IsCancellationRequested
                )
            {
                await PauseAsync(e, cancellation);
            }
        }

        if (_outage.End() is { } lasted)
            consumed.Log.LogInformation("Consuming {Queue}, after {Outage}", Queue, lasted);
        _consumer = first;
        _consuming = Task.Run(KeepConsumingAsync, CancellationToken.None);
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
            await _consuming;
            if (_consumer is { } consumer)
                await consumer.CancelAsync();
            await consumed.InFlight.DrainAsync(grace);
            if (_consumer is { } last)
                await last.DisposeAsync();
            await link.DisposeAsync();
        }
        finally
        {
            _stopOnce.Release();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

    private async Task KeepConsumingAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _consumer!.Ended.WaitAsync(_stopping.Token);
                await _consumer.DisposeAsync();
                await Task.Delay(consumed.Window.Pause, time, _stopping.Token);
                await undecodable.TakeAsync(consumed, _stopping.Token);
                _consumer = await ConsumeAsync(_stopping.Token);
                _outage.End();
                consumed.Log.LogInformation("Consuming {Queue} again", Queue);
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                await PauseAsync(e, _stopping.Token);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                // Cancelled, or refused in the middle of an attempt.
                return;
            }
        }
    }

    private async Task<DeliveryConsumer> ConsumeAsync(CancellationToken cancellation)
    {
        var pipe = consumed.Pipe;
        var connection = await link.OpenAsync(cancellation);
        var queue = pipe.Temporary ? Topology.TemporaryName(pipe) : pipe.Queue;
        await connection.DeclareAsync(pipe, queue, link.User, consumed.Log, cancellation);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            var consumer = new DeliveryConsumer(channel, queue, consumed);
            await consumer.StartAsync(cancellation);
            return consumer;
        }
        catch
        {
            await channel.CloseQuietlyAsync();
            throw;
        }
    }

    private async Task PauseAsync(Exception reason, CancellationToken cancellation)
    {
        if (_outage.IsToBeTold(reason.Message))
            consumed.Log.LogWarning(
                "{Queue} cannot be consumed ({Reason}); trying again until it can",
                Queue,
                reason.Message
            );
        try
        {
            await Task.Delay(_pause, time, cancellation);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped meanwhile.
        }
    }
}
