namespace Integration.ProcessCore.Persistence;

internal sealed record MessageRow(
    string RequestId,
    string Name,
    string? CorrelationKey,
    byte[] Variables,
    string? Tenant,
    string? TraceParent,
    string? TraceState,
    long ReceivedAt,
    long ExpiresAt,
    string? ReplyTo,
    string? Engine
)
{
    public TraceContext Trace => new(TraceParent, TraceState);
}
