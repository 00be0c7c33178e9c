namespace Integration.Bus.MassTransit.InMemory;

/// <summary>One subscription of a queue.</summary>
internal sealed class MemoryConsumer(Pipe pipe, MemoryQueue queue, InFlight inFlight, Func<Task> stopped)
    : ISubscription
{
    private readonly SemaphoreSlim _slots = new(pipe.Prefetch, pipe.Prefetch);
    private readonly SemaphoreSlim _stopOnce = new(1, 1);
    private bool _stopped;

    public int InFlight => inFlight.Count;

    public bool TryTakeSlot() => _slots.Wait(0);

    /// <summary>Handles the delivery on the thread pool. A slot was taken for it.</summary>
    public void Start(MemoryDelivery delivery)
    {
        inFlight.Begin();
        ThreadPool.UnsafeQueueUserWorkItem(
            state => _ = state.Consumer.RunAsync(state.Delivery),
            (Consumer: this, Delivery: delivery),
            preferLocal: false
        );
    }

    public async Task StopAsync(TimeSpan grace)
    {
        await _stopOnce.WaitAsync();
        try
        {
            if (_stopped)
                return;
            _stopped = true;
            queue.Detach(this);
            await inFlight.DrainAsync(grace);
            await stopped();
        }
        finally
        {
            _stopOnce.Release();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

    private async Task RunAsync(MemoryDelivery item)
    {
        var settlement = inFlight.Stopping ? Settlement.Requeue : await HandleAsync(item);
        _slots.Release();
        try
        {
            await queue.SettleAsync(item, settlement);
        }
        finally
        {
            inFlight.End();
        }
    }

    private async Task<Settlement> HandleAsync(MemoryDelivery item)
    {
        var (message, death) = item.Message;
        var delivery = new Delivery(
            message.Exchange,
            message.RoutingKey,
            message.Properties,
            message.Body,
            Redelivered: item.Returns > 0,
            death
        );
        var handling = inFlight.HandleAsync(delivery, item.Returns);
        var settlement =
            await Task.WhenAny(handling, inFlight.GivenUp) == handling ? await handling : Settlement.Requeue;
        return settlement.Of(pipe, delivery);
    }
}
