using System.Diagnostics;
using Integration.Bus;

namespace Integration.ProcessCore.Persistence;

/// <summary>
/// W3C trace context of whatever caused a step. Steps of many traces share a transaction, so each carries its own.
/// </summary>
internal readonly record struct TraceContext(string? Parent, string? State)
{
    /// <summary>Of the activity that runs now, otherwise of the message.</summary>
    public static TraceContext Of(MessageProperties? properties) =>
        Activity.Current is { } activity
            ? new(activity.Id, activity.TraceStateString)
            : new(properties?.TraceParent, properties?.TraceState);
}
