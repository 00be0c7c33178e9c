using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Integration.Hosting;

/// <summary>
/// Carries traces on that others record, from a message to the calls and messages that come of it, where this process records
/// none itself. What belongs to no trace costs nothing.
/// </summary>
internal sealed class PassedOnTraces : IHostedService, IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = static source => source.Name.StartsWith("Integration.", StringComparison.Ordinal),
        Sample = static (ref options) =>
            options.Parent.TraceId == default ? ActivitySamplingResult.None : ActivitySamplingResult.PropagationData,
        ActivityStarted = KeepDecision,
    };

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    // Whoever began the trace has decided whether it is recorded, and those behind us do as it says.
    private static void KeepDecision(Activity activity)
    {
        if (activity.ParentId?.EndsWith("-01", StringComparison.Ordinal) == true)
            activity.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
    }
}
