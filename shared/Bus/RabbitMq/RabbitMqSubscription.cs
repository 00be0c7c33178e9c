using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>Consumes one pipe, over one channel after the other as the broker comes and goes.</summary>
internal sealed class RabbitMqSubscription(
    RabbitMqLink link,
    Pipe pipe,
    DeliveryHandler handler,
    TimeProvider time,
    ILogger log
) : ISubscription
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly InFlight _inFlight = new(pipe, handler, time, log);
    private readonly SemaphoreSlim _slots = new(pipe.Prefetch, pipe.Prefetch);
    private readonly SemaphoreSlim _stopOnce = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private DeliveryConsumer? _consumer;
    private Task _consuming = Task.CompletedTask;
    private bool _stopped;

    public int InFlight => _inFlight.Count;

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
            await _inFlight.DrainAsync(grace);
            if (_consumer is { } last)
                await last.DisposeAsync();
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
                _consumer = await ConsumeAsync(_stopping.Token);
                log.LogInformation("Consuming {Queue} again", pipe.Queue);
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                await PauseAsync(e, _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<DeliveryConsumer> ConsumeAsync(CancellationToken cancellation)
    {
        var connection = await link.OpenAsync(cancellation);
        var queue = pipe.Temporary ? Topology.TemporaryName(pipe) : pipe.Queue;
        await connection.DeclareAsync(pipe, queue, link.User, cancellation);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            await channel.BasicQosAsync(0, checked((ushort)pipe.Prefetch), global: false, cancellation);
            var consumer = new DeliveryConsumer(channel, pipe, _inFlight, _slots);
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellation);
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
        log.LogWarning("{Queue} cannot be consumed ({Reason}); trying again", pipe.Queue, reason.Message);
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
