using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Bus.RabbitMq;

/// <summary>Takes deliveries from one channel, has each handled on the thread pool, and settles it on the same channel.</summary>
internal sealed class DeliveryConsumer : AsyncDefaultBasicConsumer, IAsyncDisposable
{
    private static readonly TimeSpan _lastSettlements = TimeSpan.FromSeconds(1);

    private readonly string _queue;
    private readonly ConsumedPipe _consumed;
    private readonly Settlements _settlements;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _gone = new();
    private string? _tag;
    private int _width;
    private int _widening;
    private int _lost;

    /// <param name="channel">The channel; closed with this consumer.</param>
    /// <param name="queue">What it takes from.</param>
    /// <param name="consumed">The pipe, whatever channel its deliveries came by.</param>
    public DeliveryConsumer(IChannel channel, string queue, ConsumedPipe consumed)
        : base(channel)
    {
        _queue = queue;
        _consumed = consumed;
        _settlements = new Settlements(channel, End);
        channel.CallbackExceptionAsync += OnCallbackExceptionAsync;
        // Not only when the consumer itself learns of it: a first delivery can cost the connection before the client knows the consumer.
        channel.ChannelShutdownAsync += OnShutdownAsync;
    }

    /// <summary>Completes when nothing more will come: the channel is closed, or the queue was deleted.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether deliveries can come.</summary>
    public bool Running => !_ended.Task.IsCompleted && Channel.IsOpen;

    public async Task StartAsync(CancellationToken cancellation)
    {
        _width = _consumed.Window.Size;
        _tag = await Channel.ConsumeAsync(_queue, _width, this, cancellation);
    }

    public override async Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default
    )
    {
        Work work;
        try
        {
            // The client takes the buffer back when this method returns.
            var read = AmqpDelivery.Read(exchange, routingKey, properties, body.ToArray(), redelivered);
            if (read.Unreadable != Unreadable.None)
                _consumed.Unreadable.Add(read.Delivery, read.Unreadable);
            work = new Work(this, read.Delivery, deliveryTag, read.Returns);
        }
        catch (Exception e)
        {
            _ = _settlements.SettleAsync(deliveryTag, await _consumed.RefuseAsync(e, routingKey));
            return;
        }

        var slots = _consumed.Slots;
        if (!slots.Wait(0, CancellationToken.None))
        {
            try
            {
                await slots.WaitAsync(_gone.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        _consumed.InFlight.Begin();
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    /// <summary>The broker cancels, because the queue was deleted or its leader is gone.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        End();
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    /// <summary>Stops the stream of deliveries; what has come can still be settled.</summary>
    public async Task CancelAsync()
    {
        try
        {
            foreach (var tag in ConsumerTags)
                await Channel.BasicCancelAsync(tag);
        }
        catch (Exception)
        {
            // The channel is gone: the broker has returned everything already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        // A lost settlement loses nothing, but costs another delivery.
        await _settlements.Sent.WaitAsync(_lastSettlements).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _settlements.Close();
        await Channel.CloseQuietlyAsync();
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs reason)
    {
        if (Interlocked.Exchange(ref _lost, 1) == 0 && reason.Initiator != ShutdownInitiator.Application)
            _consumed.Lost(reason);
        End();
        return Task.CompletedTask;
    }

    private Task OnCallbackExceptionAsync(object sender, CallbackExceptionEventArgs e)
    {
        // No known cause leads here. A channel whose deliveries are no longer taken is worth less than a new one.
        _consumed.Log.LogError(e.Exception, "The consumer of {Queue} failed and is replaced", _queue);
        End();
        return Task.CompletedTask;
    }

    private void End()
    {
        _gone.Cancel();
        _ended.TrySetResult();
    }

    private async Task RunAsync(Work work)
    {
        var settlement = Settlement.Requeue;
        try
        {
            settlement = await _consumed.InFlight.HandleAsync(work.Delivery, work.Returns);
            _ = _settlements.SettleAsync(work.DeliveryTag, settlement.Of(_consumed.Pipe, work.Delivery));
        }
        finally
        {
            _consumed.Slots.Release();
            _consumed.InFlight.End();
        }

        // What was out when the channel was lost says nothing about the next one.
        if (settlement != Settlement.Requeue && !_ended.Task.IsCompleted && _consumed.Window.Settled())
            await WidenAsync();
    }

    /// <summary>One call at a time; one that comes meanwhile finds the wider window set.</summary>
    private async Task WidenAsync()
    {
        if (Interlocked.Exchange(ref _widening, 1) == 1)
            return;
        try
        {
            while (!_consumed.InFlight.Stopping && _consumed.Window.Size is var wider && wider > _width)
            {
                var old = _tag!;
                _tag = await Channel.ConsumeAsync(_queue, wider, this);
                _width = wider;
                await Channel.BasicCancelAsync(old);
            }
        }
        catch (Exception)
        {
            End();
        }
        finally
        {
            Volatile.Write(ref _widening, 0);
        }
    }

    private sealed record Work(DeliveryConsumer Consumer, Delivery Delivery, ulong DeliveryTag, int Returns)
        : IThreadPoolWorkItem
    {
        public void Execute() => _ = Consumer.RunAsync(this);
    }
}
