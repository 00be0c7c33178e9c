namespace Integration.Bus.RabbitMq.Frames;

/// <summary>A message that was fetched without being decoded.</summary>
/// <param name="DeliveryTag">To settle it.</param>
/// <param name="Exchange">That delivered it.</param>
/// <param name="RoutingKey">That it was delivered with.</param>
/// <param name="Redelivered">Whether it was handed out before.</param>
/// <param name="Header">What could be read of its properties.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record RawMessage(
    ulong DeliveryTag,
    string Exchange,
    string RoutingKey,
    bool Redelivered,
    RawHeader Header,
    byte[] Body
);
