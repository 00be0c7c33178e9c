namespace Integration.Bus.RabbitMq;

/// <summary>What the adapters for RabbitMQ have in common in the consumption of one pipe: its end.</summary>
internal abstract class BrokerSubscription(ConsumedPipe consumed) : ISubscription
{
    private readonly SemaphoreSlim _stopOnce = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _stopped;

    public string Queue => consumed.Pipe.Queue;

    public int InFlight => consumed.InFlight.Count;

    public bool Stopped => _stopped;

    /// <summary>Whether deliveries can arrive.</summary>
    public abstract bool Consuming { get; }

    protected ConsumedPipe Consumed => consumed;

    /// <summary>Signalled when it is to end.</summary>
    protected CancellationToken Stopping => _stopping.Token;

    /// <summary>What keeps it consuming; it returns when <see cref="Stopping"/> is signalled.</summary>
    protected Task Keeping { get; set; } = Task.CompletedTask;

    public async Task StopAsync(TimeSpan grace)
    {
        await _stopOnce.WaitAsync();
        try
        {
            if (_stopped)
                return;
            _stopped = true;
            await _stopping.CancelAsync();
            await Keeping;
            await EndDeliveriesAsync();
            await consumed.InFlight.DrainAsync(grace);
            await CloseAsync();
        }
        finally
        {
            _stopOnce.Release();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

    /// <summary>No delivery arrives any more; those in flight can still be settled.</summary>
    protected abstract Task EndDeliveriesAsync();

    /// <summary>Nothing is in flight, or time is up.</summary>
    protected abstract Task CloseAsync();
}
