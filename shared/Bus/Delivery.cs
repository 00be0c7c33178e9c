namespace Integration.Bus;

/// <summary>A message as it was delivered: what the pipeline works on, free of any transport's types.</summary>
/// <param name="Exchange">The exchange that it was published to first, also when it came by the alternate or the dead-letter exchange.</param>
/// <param name="RoutingKey">The routing key that it was published with first.</param>
/// <param name="Properties">AMQP properties.</param>
/// <param name="Body">The bytes of the body.</param>
/// <param name="Redelivered">Delivered before, to this consumer or another one, and not settled.</param>
/// <param name="Death">Why and from where it was dead-lettered, if it was.</param>
/// <param name="Undecodable">
/// Why its properties cannot be decoded, where that costs its consumer the connection: it was read as bytes, with as many of its
/// properties as there were to read. Null for every other.
/// </param>
public sealed record Delivery(
    string Exchange,
    string RoutingKey,
    MessageProperties Properties,
    ReadOnlyMemory<byte> Body,
    bool Redelivered = false,
    Death? Death = null,
    string? Undecodable = null
);

/// <summary>How a message came to the dead-letter exchange (header <c>x-death</c>, first entry).</summary>
/// <param name="Reason"><c>rejected</c>, <c>delivery_limit</c>, <c>expired</c> or <c>maxlen</c>.</param>
/// <param name="Queue">The queue that gave it up.</param>
public sealed record Death(string Reason, string Queue);
