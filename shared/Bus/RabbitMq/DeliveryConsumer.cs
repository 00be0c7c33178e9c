using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Integration.Bus.RabbitMq;

/// <summary>Takes deliveries from one channel, has each handled on the thread pool, and settles it on the same channel.</summary>
internal sealed class DeliveryConsumer : AsyncDefaultBasicConsumer, IAsyncDisposable
{
    private static readonly TimeSpan _lastSettlements = TimeSpan.FromSeconds(1);

    private readonly Pipe _pipe;
    private readonly InFlight _inFlight;
    private readonly SemaphoreSlim _slots;
    private readonly Settlements _settlements;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _gone = new();

    /// <param name="channel">The channel; closed with this consumer.</param>
    /// <param name="pipe">What is consumed.</param>
    /// <param name="inFlight">Of the subscription, whatever channel they came by.</param>
    /// <param name="slots">
    /// One per delivery in flight. The broker keeps to the prefetch for one channel; handlers that outlive theirs count
    /// too.
    /// </param>
    public DeliveryConsumer(IChannel channel, Pipe pipe, InFlight inFlight, SemaphoreSlim slots)
        : base(channel)
    {
        _pipe = pipe;
        _inFlight = inFlight;
        _slots = slots;
        _settlements = new Settlements(channel, End);
    }

    /// <summary>Completes when nothing more will come: the channel is closed, or the queue was deleted.</summary>
    public Task Ended => _ended.Task;

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
        // The client takes the buffer back when this method returns.
        var delivery = AmqpDelivery.From(exchange, routingKey, properties, body.ToArray(), redelivered);
        var work = new Work(this, delivery, deliveryTag, AmqpDelivery.Returns(properties));
        if (!_slots.Wait(0, CancellationToken.None))
        {
            try
            {
                await _slots.WaitAsync(_gone.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        _inFlight.Begin();
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        End();
        return base.HandleChannelShutdownAsync(channel, reason);
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
        await Channel.CloseQuietlyAsync();
    }

    /// <summary>Also when the broker cancels, because the queue was deleted or its leader is gone.</summary>
    protected override Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
    {
        if (!_inFlight.Stopping)
            End();
        return base.OnCancelAsync(consumerTags, cancellationToken);
    }

    private void End()
    {
        _gone.Cancel();
        _ended.TrySetResult();
    }

    private async Task RunAsync(Work work)
    {
        try
        {
            var settlement = _inFlight.Stopping
                ? Settlement.Requeue
                : await _inFlight.HandleAsync(work.Delivery, work.Returns);
            _ = _settlements.SettleAsync(work.DeliveryTag, settlement.Of(_pipe, work.Delivery));
        }
        finally
        {
            _slots.Release();
            _inFlight.End();
        }
    }

    private sealed record Work(DeliveryConsumer Consumer, Delivery Delivery, ulong DeliveryTag, int Returns)
        : IThreadPoolWorkItem
    {
        public void Execute() => _ = Consumer.RunAsync(this);
    }
}
