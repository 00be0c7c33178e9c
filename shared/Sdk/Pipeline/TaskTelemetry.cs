using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>What a service reports about its tasks, beside the messaging spans and metrics of the bus.</summary>
internal static class TaskTelemetry
{
    private static readonly Meter _meter = new("Integration.Sdk");

    private static readonly Histogram<double> _duration = _meter.CreateHistogram<double>(
        "integration.task.duration",
        "s",
        "From the delivery of a task to its published outcome."
    );

    public static void Describe(Activity? activity, TaskRequested request)
    {
        if (activity is not { IsAllDataRequested: true })
            return;
        activity.SetTag("integration.task.id", request.TaskId);
        activity.SetTag("integration.operation", request.Operation);
        activity.SetTag("integration.attempt", request.Attempt);
        activity.SetTag("integration.process.instance", request.Process?.InstanceId);
        activity.SetTag("integration.process.element", request.Process?.Element);
    }

    public static void Finished(TaskRequested request, string outcome, TimeSpan duration)
    {
        if (_duration.Enabled)
        {
            _duration.Record(
                duration.TotalSeconds,
                new KeyValuePair<string, object?>("integration.operation", request.Operation),
                new KeyValuePair<string, object?>("integration.outcome", outcome)
            );
        }
    }
}
