using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>Begins to consume, and goes on with more deliveries at once.</summary>
internal static class Consuming
{
    /// <summary>
    /// Has the queue delivered with this many out at once. A prefetch holds for consumers that come after it, so a wider one is a
    /// new consumer on the same channel, beside the old one until that is cancelled.
    /// </summary>
    public static async Task<string> ConsumeAsync(
        this IChannel channel,
        string queue,
        int prefetch,
        IAsyncBasicConsumer consumer,
        CancellationToken cancellation = default
    )
    {
        await channel.BasicQosAsync(0, checked((ushort)prefetch), global: false, cancellation);
        return await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellation);
    }
}
