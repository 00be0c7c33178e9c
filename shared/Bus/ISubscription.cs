namespace Integration.Bus;

/// <summary>A running consumption of one pipe.</summary>
public interface ISubscription : IAsyncDisposable
{
    /// <summary>Deliveries handed out and not yet settled.</summary>
    int InFlight { get; }

    /// <summary>
    /// Takes no more deliveries, waits up to <paramref name="grace"/> for those in flight, then signals their
    /// cancellation and returns to the queue what is not settled.
    /// </summary>
    Task StopAsync(TimeSpan grace);
}
