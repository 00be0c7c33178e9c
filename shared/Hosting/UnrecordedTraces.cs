using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Integration.Hosting;

/// <summary>
/// Traces where this process records none: what others began is carried on, and a delivery or a request that belongs to no trace
/// begins one, so that the log and everything that comes of it can be tied together. An activity costs its ids, and has no tags.
/// </summary>
internal sealed class UnrecordedTraces : IHostedService, IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = static source =>
            source.Name.StartsWith("Integration.", StringComparison.Ordinal) || source.Name == "Microsoft.AspNetCore",
        // What is sent within them carries their id, and needs none of its own.
        Sample = static (ref options) =>
            options.Kind is ActivityKind.Consumer or ActivityKind.Server
                ? ActivitySamplingResult.PropagationData
                : ActivitySamplingResult.None,
        ActivityStarted = Decide,
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

    // The program that began the trace has decided whether it is recorded. One that begins here is recorded by those that record at all, as
    // the default sampler has it.
    private static void Decide(Activity activity)
    {
        if (
            activity.ParentId is not { Length: > 0 } parent
            || "13579bdf".Contains(parent[^1], StringComparison.Ordinal)
        )
            activity.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
    }
}
