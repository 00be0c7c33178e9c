namespace Integration.Bus;

/// <summary>A message to publish.</summary>
/// <param name="Exchange">One of <see cref="Contracts.Exchanges"/>.</param>
/// <param name="RoutingKey">See <see cref="Contracts.RoutingKeys"/>.</param>
/// <param name="Properties">AMQP properties. Always sent as persistent.</param>
/// <param name="Body">UTF-8 JSON. Must not change until the publish has completed.</param>
public sealed record OutgoingMessage(
    string Exchange,
    string RoutingKey,
    MessageProperties Properties,
    ReadOnlyMemory<byte> Body
);
