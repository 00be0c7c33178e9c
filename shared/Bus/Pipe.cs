namespace Integration.Bus;

/// <summary>
/// A stream of deliveries with its own queue and its own capacity. A quorum queue on RabbitMQ, dead-lettering
/// at-least-once to <c>integration.dead</c>.
/// </summary>
/// <param name="Queue">E.g. <c>integration.rest</c>.</param>
/// <param name="Bindings">What is routed to it.</param>
public sealed record Pipe(string Queue, IReadOnlyList<Binding> Bindings)
{
    /// <summary>The default value of <see cref="Prefetch"/>.</summary>
    public const int DefaultPrefetch = 128;

    /// <summary>The default value of <see cref="DeliveryLimit"/>.</summary>
    public const int DefaultDeliveryLimit = 20;

    /// <summary>Deliveries in flight at most, and so the concurrency of the handler. The default value is 128.</summary>
    public int Prefetch { get; init; } = DefaultPrefetch;

    /// <summary>
    /// How often a delivery may be returned before it is dead-lettered. The default value is 20. From the second time on
    /// it is held before it is returned, from 20 milliseconds up to 2 seconds, so that 20 last about 25 seconds.
    /// A <see cref="Temporary"/> pipe returns once.
    /// </summary>
    public int DeliveryLimit { get; init; } = DefaultDeliveryLimit;

    /// <summary>
    /// Belongs to this process alone and vanishes with its connection (exclusive, not durable): for cancellations and
    /// other news that mean nothing to who was not there. The default value is false.
    /// </summary>
    public bool Temporary { get; init; }

    /// <summary>
    /// Bindings that the queue is to have no longer: it may have got them from an earlier release or from other settings, and a
    /// durable queue keeps what it has. One that is not there is no error. The default value is none.
    /// </summary>
    public IReadOnlyList<Binding> Unbound { get; init; } = [];

    /// <summary>
    /// For news of which only the latest count: the queue holds this many at most, and the oldest goes when another one comes.
    /// What leaves such a queue unread, also after too many returns, is gone and not dead-lettered. The default value is null:
    /// nothing is ever dropped.
    /// </summary>
    public int? KeepNewest { get; init; }
}

/// <summary>Routes what is published to a topic exchange to a queue.</summary>
/// <param name="Exchange">One of <see cref="Contracts.Exchanges"/>.</param>
/// <param name="Pattern">Topic pattern: <c>*</c> stands for one word, <c>#</c> for any number of words.</param>
public sealed record Binding(string Exchange, string Pattern);
