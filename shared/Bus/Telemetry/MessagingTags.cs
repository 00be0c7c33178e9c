using System.Diagnostics;

namespace Integration.Bus;

/// <summary>Attributes of the OpenTelemetry semantic conventions for messaging.</summary>
/// <param name="system"><c>messaging.system</c>: <c>rabbitmq</c> or <c>in_memory</c>.</param>
/// <param name="broker">Address of the broker, where it is known.</param>
internal sealed class MessagingTags(string system, Uri? broker = null)
{
    public static MessagingTags Of(BusOptions options) =>
        options.Names(BusTransport.InMemory)
            ? new MessagingTags("in_memory")
            : new MessagingTags("rabbitmq", options.Uri);

    /// <summary>Those that metrics have as well: few values each.</summary>
    public TagList Of(string operation, string destination)
    {
        var tags = new TagList
        {
            { "messaging.system", system },
            { "messaging.operation.name", operation },
            { "messaging.operation.type", operation },
            { "messaging.destination.name", destination },
        };
        if (broker is not null)
        {
            tags.Add("server.address", broker.Host);
            tags.Add("server.port", broker.Port);
        }

        return tags;
    }

    /// <summary>
    /// What the message says comes before what happens to be current: an outbox publishes long after, and in the name of,
    /// whatever wrote the event.
    /// </summary>
    public static ActivityContext ParentOf(MessageProperties properties) =>
        ActivityContext.TryParse(properties.TraceParent, properties.TraceState, isRemote: true, out var parent)
            ? parent
            : Activity.Current?.Context ?? default;

    /// <summary>What distinguishes one message from another, for spans only.</summary>
    public static void Describe(Activity? span, TagList tags, string routingKey, MessageProperties properties, int size)
    {
        if (span is not { IsAllDataRequested: true })
            return;
        foreach (var (name, value) in tags)
            span.SetTag(name, value);
        span.SetTag("messaging.rabbitmq.destination.routing_key", routingKey);
        span.SetTag("messaging.message.id", properties.MessageId);
        span.SetTag("messaging.message.conversation_id", properties.CorrelationId);
        span.SetTag("messaging.message.body.size", size);
    }

    public static void Fail(Activity? span, ref TagList tags, string type, string? description)
    {
        tags.Add("error.type", type);
        span?.SetTag("error.type", type);
        span?.SetStatus(ActivityStatusCode.Error, description);
    }
}
