namespace Integration.Bus.MassTransit;

/// <summary>
/// What MassTransit believes to send: it needs a type. The bytes come from <see cref="RawBody"/>, so that neither its
/// serialisation nor its envelope touches the wire.
/// </summary>
internal sealed class RawMessage
{
    public static RawMessage Instance { get; } = new();
}
