using Integration.Contracts;
using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>An AMQP delivery as ours, with what the broker wrote into its headers understood.</summary>
/// <param name="Delivery">What is handled.</param>
/// <param name="Returns">How often it was returned to its quorum queue.</param>
/// <param name="Unreadable">What could not be read and counts as absent.</param>
internal readonly record struct AmqpDelivery(Delivery Delivery, int Returns, Unreadable Unreadable)
{
    /// <summary>Never fails for anything in the properties: body, exchange and routing key alone decide.</summary>
    /// <param name="exchange">Of the delivery.</param>
    /// <param name="routingKey">Of the delivery.</param>
    /// <param name="properties">Of the delivery.</param>
    /// <param name="body">Belongs to the result from now on.</param>
    /// <param name="redelivered">Of the delivery.</param>
    public static AmqpDelivery Read(
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        bool redelivered
    )
    {
        try
        {
            var unreadable = Unreadable.None;
            var read = properties.FromAmqp(ref unreadable);
            Death? death = null;
            var returns = 0;
            if (properties.Headers is { Count: > 0 } headers)
            {
                returns = Returned(headers, ref unreadable);
                // Any publisher can write this header; only what comes by the dead-letter exchange has it from the broker.
                if (exchange == Exchanges.Dead && headers.TryGetValue("x-death", out var value))
                {
                    var deaths = value as IList<object?>;
                    death = deaths is { Count: > 0 } ? DeathOf(deaths[0]) : null;
                    if (death is null || FirstPublish(deaths![^1]) is not { } first)
                        unreadable |= Unreadable.Death;
                    else
                        (exchange, routingKey) = first;
                }
            }

            return new(new Delivery(exchange, routingKey, read, body, redelivered, death), returns, unreadable);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var none = new MessageProperties { ContentType = null };
            return new(new Delivery(exchange, routingKey, none, body, redelivered), 0, Unreadable.All);
        }
    }

    private static int Returned(IDictionary<string, object?> headers, ref Unreadable unreadable)
    {
        if (!headers.TryGetValue("x-delivery-count", out var value))
            return 0;
        long? count = value switch
        {
            long number => number,
            int number => number,
            uint number => number,
            short number => number,
            ushort number => number,
            byte number => number,
            sbyte number => number,
            _ => null,
        };
        if (count is null or < 0)
            unreadable |= Unreadable.DeliveryCount;
        return (int)Math.Clamp(count ?? 0, 0, int.MaxValue);
    }

    private static Death? DeathOf(object? entry) =>
        entry is IDictionary<string, object?> death
        && death.TryGetValue("reason", out var why)
        && AmqpText.Of(why) is { } reason
        && death.TryGetValue("queue", out var where)
        && AmqpText.Of(where) is { } queue
            ? new Death(reason, queue)
            : null;

    /// <summary>The oldest entry, the last in the list, says where the message was published before it first died.</summary>
    private static (string Exchange, string RoutingKey)? FirstPublish(object? entry) =>
        entry is IDictionary<string, object?> death
        && death.TryGetValue("exchange", out var name)
        && AmqpText.Of(name) is { } exchange
        && death.TryGetValue("routing-keys", out var value)
        && value is IList<object?> { Count: > 0 } keys
        && AmqpText.Of(keys[0]) is { } routingKey
            ? (exchange, routingKey)
            : null;
}
