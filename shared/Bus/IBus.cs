namespace Integration.Bus;

/// <summary>
/// The seam between everything else and a message broker: publish a message, subscribe to a pipe, know whether it works.
/// Every adapter passes the same contract tests (<c>tests/Bus</c>), so that its callers see no difference.
/// </summary>
public interface IBus : IAsyncDisposable
{
    /// <summary>Whether the broker is reachable right now, for readiness.</summary>
    BusState State { get; }

    /// <summary>
    /// Queues that are subscribed to and deliver nothing at the moment, for readiness: a consumer's channel is gone and not back yet,
    /// or its queue was deleted and cannot be declared again. Empty when all is well.
    /// </summary>
    IReadOnlyList<string> Stalled => [];

    /// <summary>
    /// Connects and declares the topology that every publisher needs: the exchanges of <c>integration.*</c>, and the
    /// durable queues behind <c>integration.unrouted</c> and <c>integration.dead</c>. Waits, trying again, until the
    /// broker answers or <paramref name="cancellation"/> is signalled. What is there already needs no right to declare it.
    /// Calling it again does nothing; publishing and subscribing call it when it was not called before.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">
    /// Something of it is not there, and the broker's user may not declare it. The message names the missing grant.
    /// </exception>
    /// <exception cref="InvalidOperationException">Something of it is there with other arguments; the message names it.</exception>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>
    /// Completes when the broker has confirmed that it has the message. Many may be under way at once: confirms are
    /// pipelined. A negative or missing confirm is repeated on a fresh channel, so a receiver may see a message twice
    /// (with the same <see cref="MessageProperties.MessageId"/>), never not at all.
    /// </summary>
    /// <remarks>
    /// Callers whose messages the broker confirms together go on one after the other on one thread of the pool: one that
    /// has long or blocking work to do next yields first.
    /// </remarks>
    /// <exception cref="OperationCanceledException">Given up by the caller; the broker may have it nevertheless.</exception>
    /// <exception cref="ArgumentException">The exchange is not of the contract, or a name is longer than AMQP takes.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// The broker's user may not publish to the exchange, or not with this routing key.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The bus was disposed before the broker had confirmed the message.</exception>
    Task PublishAsync(OutgoingMessage message, CancellationToken cancellation);

    /// <summary>
    /// Declares the pipe's queue and bindings and hands every delivery to <paramref name="handler"/>, at most
    /// <see cref="Pipe.Prefetch"/> at once. Survives a restart of the broker. Returns when deliveries can arrive.
    /// </summary>
    /// <exception cref="InvalidOperationException">The queue exists with other arguments; the message says what to do.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// The broker's user may not declare the queue, or not bind it so. The message names the missing grant.
    /// </exception>
    Task<ISubscription> SubscribeAsync(Pipe pipe, DeliveryHandler handler, CancellationToken cancellation);
}

/// <summary>
/// Treats one delivery and says what becomes of it. An exception counts as <see cref="Settlement.Requeue"/>.
/// </summary>
/// <param name="delivery">What came. Its body stays valid for as long as a reference to it is held.</param>
/// <param name="cancellation">Signalled when waiting for the handler has ended: shutdown, after the grace period.</param>
public delegate Task<Settlement> DeliveryHandler(Delivery delivery, CancellationToken cancellation);

/// <summary>Whether messages can flow.</summary>
public enum BusState
{
    /// <summary>Not started, or connecting.</summary>
    Connecting,

    /// <summary>Messages flow.</summary>
    Connected,

    /// <summary>The connection was lost, or a queue delivers nothing; the adapter is trying to get it back.</summary>
    Reconnecting,

    /// <summary>The bus was disposed and takes nothing any more.</summary>
    Closed,
}
