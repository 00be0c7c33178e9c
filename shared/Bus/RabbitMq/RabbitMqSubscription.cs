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
) : BrokerSubscription(consumed)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly Outage _outage = new(time);
    private volatile DeliveryConsumer? _consumer;

    public override bool Consuming => !Stopped && !Keeping.IsCompleted && _consumer is { Running: true };

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
            Consumed.Log.LogInformation("Consuming {Queue}, after {Outage}", Queue, lasted);
        _consumer = first;
        Keeping = Task.Run(KeepConsumingAsync, CancellationToken.None);
    }

    protected override async Task EndDeliveriesAsync()
    {
        if (_consumer is { } consumer)
            await consumer.CancelAsync();
    }

    protected override async Task CloseAsync()
    {
        if (_consumer is { } consumer)
            await consumer.DisposeAsync();
        await link.DisposeAsync();
    }

    private async Task KeepConsumingAsync()
    {
        while (!Stopping.IsCancellationRequested)
        {
            try
            {
                await _consumer!.Ended.WaitAsync(Stopping);
                await _consumer.DisposeAsync();
                await Task.Delay(Consumed.Window.Pause, time, Stopping);
                await undecodable.TakeAsync(Consumed, Stopping);
                _consumer = await ConsumeAsync(Stopping);
                _outage.End();
                Consumed.Log.LogInformation("Consuming {Queue} again", Queue);
            }
            catch (Exception e) when (!Stopping.IsCancellationRequested)
            {
                await PauseAsync(e, Stopping);
            }
            catch (Exception) when (Stopping.IsCancellationRequested)
            {
                // Cancelled, or refused in the middle of an attempt.
                return;
            }
        }
    }

    private async Task<DeliveryConsumer> ConsumeAsync(CancellationToken cancellation)
    {
        var pipe = Consumed.Pipe;
        var connection = await link.OpenAsync(cancellation);
        var queue = pipe.Temporary ? Topology.TemporaryName(pipe) : pipe.Queue;
        await connection.DeclareAsync(pipe, queue, link.User, Consumed.Log, cancellation);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            var consumer = new DeliveryConsumer(channel, queue, Consumed);
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
        if (_outage.ShouldLog(reason.Message))
            Consumed.Log.LogWarning(
                "{Queue} cannot be consumed ({Reason}); trying again until it can",
                Queue,
                reason.Message
            );
        try
        {
            await Task.Delay(_pause, time, cancellation);
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            // The subscription was stopped during the pause.
        }
    }
}
