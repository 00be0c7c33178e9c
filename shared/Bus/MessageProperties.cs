namespace Integration.Bus;

/// <summary>The AMQP properties of the wire contract.</summary>
public sealed record MessageProperties
{
    /// <summary><c>message_id</c>: UUID of this event; the same when a publish was repeated.</summary>
    public string? MessageId { get; init; }

    /// <summary><c>correlation_id</c>: the task id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary><c>type</c>: the event type, e.g. <c>task.requested</c>.</summary>
    public string? Type { get; init; }

    /// <summary><c>reply_to</c>: the engine that asked.</summary>
    public string? ReplyTo { get; init; }

    /// <summary><c>app_id</c>: the publisher.</summary>
    public string? AppId { get; init; }

    /// <summary>
    /// <c>user_id</c>: the broker's user who published it, verified by the broker, so that no publisher can claim to be another.
    /// Filled in on delivery. What a publisher sets is not used: it is always the user of the connection.
    /// Null where there is none (in memory), and for publishers that do not set it.
    /// </summary>
    public string? UserId { get; init; }

    /// <summary><c>timestamp</c>: when it was published, to the second.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary><c>content_type</c>. The default value is <c>application/json</c>.</summary>
    public string? ContentType { get; init; } = "application/json";

    /// <summary>Header <c>traceparent</c> (W3C Trace Context).</summary>
    public string? TraceParent { get; init; }

    /// <summary>Header <c>tracestate</c> (W3C Trace Context).</summary>
    public string? TraceState { get; init; }
}
