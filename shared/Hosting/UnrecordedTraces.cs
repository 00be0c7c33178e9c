using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Integration.Hosting;

/// <summary>
/// Traces of requests where this process records none: what others began is carried on, and a request that belongs to no trace begins
/// one, so that the log and everything that comes of it can be tied together. Deliveries have theirs from the bus.
/// </summary>
internal sealed class UnrecordedTraces : IHostedService, IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore",
        Sample = static (ref _) => ActivitySamplingResult.PropagationData,
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
