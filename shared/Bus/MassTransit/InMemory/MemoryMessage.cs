using System.Globalization;
using MassTransit;

namespace Integration.Bus.MassTransit.InMemory;

/// <summary>A message on its way into a queue: as it was published, and how it died if it did.</summary>
internal sealed record MemoryMessage(OutgoingMessage Message, Death? Death = null) : IPipe<SendContext<RawMessage>>
{
    /// <summary>MassTransit transports headers in memory as they are set; null ones are left out.</summary>
    public Task Send(SendContext<RawMessage> context)
    {
        var properties = Message.Properties;
        context.Serializer = new RawBody(Message.Body, properties.ContentType);
        var headers = context.Headers;
        headers.Set("exchange", Message.Exchange);
        headers.Set("routing_key", Message.RoutingKey);
        headers.Set("message_id", properties.MessageId);
        headers.Set("correlation_id", properties.CorrelationId);
        headers.Set("type", properties.Type);
        headers.Set("reply_to", properties.ReplyTo);
        headers.Set("app_id", properties.AppId);
        headers.Set("timestamp", Seconds(properties.Timestamp)?.ToString("O", CultureInfo.InvariantCulture));
        headers.Set("content_type", properties.ContentType);
        headers.Set("traceparent", properties.TraceParent);
        headers.Set("tracestate", properties.TraceState);
        headers.Set("death_reason", Death?.Reason);
        headers.Set("death_queue", Death?.Queue);
        return Task.CompletedTask;
    }

    /// <summary>As exact as AMQP is.</summary>
    private static DateTimeOffset? Seconds(DateTimeOffset? time) =>
        time is { } at ? DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) : null;

    public void Probe(ProbeContext context) => context.CreateScope("memory");

    public static MemoryMessage From(ReceiveContext context)
    {
        var properties = new MessageProperties
        {
            MessageId = Text("message_id"),
            CorrelationId = Text("correlation_id"),
            Type = Text("type"),
            ReplyTo = Text("reply_to"),
            AppId = Text("app_id"),
            Timestamp = DateTimeOffset.TryParse(
                Text("timestamp"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var published
            )
                ? published
                : null,
            ContentType = Text("content_type"),
            TraceParent = Text("traceparent"),
            TraceState = Text("tracestate"),
        };
        var message = new OutgoingMessage(
            Text("exchange") ?? "",
            Text("routing_key") ?? "",
            properties,
            context.Body.GetBytes()
        );
        var death =
            Text("death_reason") is { } reason && Text("death_queue") is { } queue ? new Death(reason, queue) : null;
        return new MemoryMessage(message, death);

        string? Text(string name) => context.TransportHeaders.Get<string>(name);
    }
}
