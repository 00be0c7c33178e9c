using System.Text;
using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>The properties of the contract as AMQP's, and back.</summary>
internal static class AmqpProperties
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    /// <param name="properties">What is to be sent.</param>
    /// <param name="user">The user of the connection: the broker closes the channel on any other.</param>
    public static BasicProperties ToAmqp(this MessageProperties properties, string user)
    {
        var amqp = new BasicProperties { UserId = user };
        properties.CopyTo(amqp);
        return amqp;
    }

    private static void CopyTo(this MessageProperties properties, BasicProperties amqp)
    {
        amqp.MessageId = properties.MessageId;
        amqp.CorrelationId = properties.CorrelationId;
        amqp.Type = properties.Type;
        amqp.ReplyTo = properties.ReplyTo;
        amqp.AppId = properties.AppId;
        amqp.ContentType = properties.ContentType;
        amqp.DeliveryMode = DeliveryModes.Persistent;
        if (properties.Timestamp is { } timestamp)
            amqp.Timestamp = new AmqpTimestamp(timestamp.ToUnixTimeSeconds());
        if (properties.TraceParent is { } parent)
        {
            amqp.Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [TraceParent] = parent };
            if (properties.TraceState is { } state)
                amqp.Headers[TraceState] = state;
        }
    }

    public static MessageProperties FromAmqp(this IReadOnlyBasicProperties amqp) =>
        new()
        {
            MessageId = amqp.MessageId,
            CorrelationId = amqp.CorrelationId,
            Type = amqp.Type,
            ReplyTo = amqp.ReplyTo,
            AppId = amqp.AppId,
            UserId = amqp.UserId,
            ContentType = amqp.ContentType,
            Timestamp = amqp.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(amqp.Timestamp.UnixTime) : null,
            TraceParent = amqp.Headers.Text(TraceParent),
            TraceState = amqp.Headers.Text(TraceState),
        };

    /// <summary>A header that is a string, which AMQP transports as bytes.</summary>
    public static string? Text(this IDictionary<string, object?>? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value) ? AsText(value) : null;

    public static string? AsText(object? value) =>
        value switch
        {
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            string text => text,
            _ => null,
        };
}
