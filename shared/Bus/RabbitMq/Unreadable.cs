namespace Integration.Bus.RabbitMq;

/// <summary>Properties and headers of a delivery that could not be read, and count as absent.</summary>
[Flags]
internal enum Unreadable
{
    None = 0,
    MessageId = 1,
    CorrelationId = 1 << 1,
    Type = 1 << 2,
    ReplyTo = 1 << 3,
    AppId = 1 << 4,
    ContentType = 1 << 5,
    Timestamp = 1 << 6,
    TraceParent = 1 << 7,
    TraceState = 1 << 8,
    Death = 1 << 9,
    DeliveryCount = 1 << 10,
    UserId = 1 << 11,

    /// <summary>Not even that could be found out which they are.</summary>
    All = 1 << 12,
}

/// <summary>What each is called on the wire.</summary>
internal static class UnreadableNames
{
    private static readonly (Unreadable Property, string Name)[] _names =
    [
        (Unreadable.MessageId, "message_id"),
        (Unreadable.CorrelationId, "correlation_id"),
        (Unreadable.Type, "type"),
        (Unreadable.ReplyTo, "reply_to"),
        (Unreadable.AppId, "app_id"),
        (Unreadable.UserId, "user_id"),
        (Unreadable.ContentType, "content_type"),
        (Unreadable.Timestamp, "timestamp"),
        (Unreadable.TraceParent, "traceparent"),
        (Unreadable.TraceState, "tracestate"),
        (Unreadable.Death, "x-death"),
        (Unreadable.DeliveryCount, "x-delivery-count"),
        (Unreadable.All, "all"),
    ];

    public static IEnumerable<string> Names(this Unreadable properties) =>
        _names.Where(one => properties.HasFlag(one.Property)).Select(one => one.Name);
}
