using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>An AMQP delivery as ours, with what the broker wrote into its headers understood.</summary>
internal static class AmqpDelivery
{
    /// <param name="exchange">Of the delivery.</param>
    /// <param name="routingKey">Of the delivery.</param>
    /// <param name="properties">Of the delivery.</param>
    /// <param name="body">Belongs to the result from now on.</param>
    /// <param name="redelivered">Of the delivery.</param>
    public static Delivery From(
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        bool redelivered
    )
    {
        Death? death = null;
        if (
            properties.Headers is { } headers
            && headers.TryGetValue("x-death", out var value)
            && value is IList<object?> { Count: > 0 } deaths
        )
        {
            death = DeathOf(deaths[0]);
            (exchange, routingKey) = FirstPublish(deaths[^1]) ?? (exchange, routingKey);
        }

        return new Delivery(exchange, routingKey, properties.FromAmqp(), body, redelivered, death);
    }

    /// <summary>How often it was returned to its quorum queue.</summary>
    public static int Returns(IReadOnlyBasicProperties properties) =>
        properties.Headers is { } headers && headers.TryGetValue("x-delivery-count", out var count)
            ? (int)Math.Clamp(Convert.ToInt64(count), 0, int.MaxValue)
            : 0;

    private static Death? DeathOf(object? entry) =>
        entry is IDictionary<string, object?> death
        && death.Text("reason") is { } reason
        && death.Text("queue") is { } queue
            ? new Death(reason, queue)
            : null;

    /// <summary>The oldest entry, the last in the list, tells where the message was published to before it died first.</summary>
    private static (string Exchange, string RoutingKey)? FirstPublish(object? entry) =>
        entry is IDictionary<string, object?> death
        && death.Text("exchange") is { } exchange
        && death.TryGetValue("routing-keys", out var value)
        && value is IList<object?> { Count: > 0 } keys
        && AmqpProperties.AsText(keys[0]) is { } routingKey
            ? (exchange, routingKey)
            : null;
}
