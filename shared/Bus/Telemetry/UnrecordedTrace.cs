using System.Diagnostics;

namespace Integration.Bus;

/// <summary>
/// The trace of a delivery where this process records none: what others began is carried on, and a delivery that belongs to no trace
/// begins one, so that the log and everything that comes of it can be tied together. It costs its ids, and has no tags.
/// </summary>
internal static class UnrecordedTrace
{
    public static Activity Start(string name, MessageProperties properties)
    {
        var activity = new Activity(name) { IsAllDataRequested = false };
        if (properties.TraceParent is { } parent && ActivityContext.TryParse(parent, properties.TraceState, out _))
        {
            activity.SetParentId(parent);
            activity.TraceStateString = properties.TraceState;
        }
        else if (Activity.Current is null)
        {
            // Recorded by those that record at all, as the default sampler has it.
            activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        }

        return activity.Start();
    }
}
