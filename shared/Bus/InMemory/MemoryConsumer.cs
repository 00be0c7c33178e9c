namespace Integration.Bus.InMemory;

/// <summary>One consumer of a queue, with as many deliveries in flight as the pipe's prefetch says.</summary>
internal sealed class MemoryConsumer(Pipe pipe, MemoryQueue queue, InFlight inFlight, Action<MemoryConsumer> gone)
    : ISubscription
{
    private readonly SemaphoreSlim _room = new(pipe.Prefetch);
    private readonly CancellationTokenSource _stopping = new();
    private Task _consuming = Task.CompletedTask;

    public int InFlight => inFlight.Count;

    /// <summary>Waits in line with the others from now on, so that all have their share.</summary>
    public void Start() => _consuming = ConsumeAsync();

    public async Task StopAsync(TimeSpan grace)
    {
        await _stopping.CancelAsync();
        await _consuming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await inFlight.DrainAsync(grace);
        gone(this);
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

    private async Task ConsumeAsync()
    {
        while (true)
        {
            await _room.WaitAsync(_stopping.Token);
            var taken = await queue.TakeAsync(_stopping.Token);
            inFlight.Begin();
            // A trace goes on from the message, not from the subscriber.
            ThreadPool.UnsafeQueueUserWorkItem(_ => _ = HandleAsync(taken), state: null);
        }
    }

    private async Task HandleAsync(QueuedDelivery taken)
    {
        var settlement = await inFlight.HandleUntilGivenUpAsync(taken.Delivery, taken.Returns);
        queue.Settle(taken, settlement.Of(pipe, taken.Delivery));
        _room.Release();
        inFlight.End();
    }
}
