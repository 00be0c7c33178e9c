using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq;

/// <summary>The properties of the contract as AMQP's, and back.</summary>
internal static class AmqpProperties
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    // Of version 00 it has 55 characters; later ones may have more.
    private const int LongestTraceParent = 256;

    // W3C asks for 512 at least.
    private const int LongestTraceState = 4096;

    private static readonly long _earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long _latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

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

    /// <summary>What cannot be read is absent, and added to <paramref name="unreadable"/>.</summary>
    public static MessageProperties FromAmqp(this IReadOnlyBasicProperties amqp, ref Unreadable unreadable) =>
        new()
        {
            MessageId = AmqpText.Property(amqp.MessageId, Unreadable.MessageId, ref unreadable),
            CorrelationId = AmqpText.Property(amqp.CorrelationId, Unreadable.CorrelationId, ref unreadable),
            Type = AmqpText.Property(amqp.Type, Unreadable.Type, ref unreadable),
            ReplyTo = AmqpText.Property(amqp.ReplyTo, Unreadable.ReplyTo, ref unreadable),
            AppId = AmqpText.Property(amqp.AppId, Unreadable.AppId, ref unreadable),
            UserId = AmqpText.Property(amqp.UserId, Unreadable.UserId, ref unreadable),
            ContentType = AmqpText.Property(amqp.ContentType, Unreadable.ContentType, ref unreadable),
            Timestamp = amqp.IsTimestampPresent() ? At(amqp.Timestamp.UnixTime, ref unreadable) : null,
            TraceParent = AmqpText.Trace(
                amqp.Headers,
                TraceParent,
                LongestTraceParent,
                Unreadable.TraceParent,
                ref unreadable
            ),
            TraceState = AmqpText.Trace(
                amqp.Headers,
                TraceState,
                LongestTraceState,
                Unreadable.TraceState,
                ref unreadable
            ),
        };

    /// <summary>A peer that writes milliseconds writes a year that no calendar has.</summary>
    private static DateTimeOffset? At(long seconds, ref Unreadable unreadable)
    {
        if (seconds >= _earliest && seconds <= _latest)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        unreadable |= Unreadable.Timestamp;
        return null;
    }
}
