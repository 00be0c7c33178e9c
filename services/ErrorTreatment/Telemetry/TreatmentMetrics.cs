using System.Diagnostics.Metrics;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;

namespace Integration.ErrorTreatment.Telemetry;

/// <summary>What error treatment counts. Meter <c>Integration.ErrorTreatment</c>.</summary>
internal sealed class TreatmentMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Integration.ErrorTreatment";

    private readonly Meter _meter;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _ignored;
    private IReadOnlyList<FailureCount> _counts = [];

    public TreatmentMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _transitions = _meter.CreateCounter<long>(
            "integration.failures.transitions",
            "{transition}",
            "Failures that entered a state."
        );
        _retries = _meter.CreateCounter<long>(
            "integration.failures.retries",
            "{retry}",
            "Tasks and messages sent again."
        );
        _ignored = _meter.CreateCounter<long>(
            "integration.failures.ignored_messages",
            "{message}",
            "Messages that need no treatment."
        );
        _meter.CreateObservableGauge(
            "integration.failures",
            () => _counts.Select(count => new Measurement<long>(count.Count, Tags(count.State, count.Category))),
            "{failure}",
            "Failures by state and category, as stored in the database."
        );
    }

    /// <summary>A failure has entered a state.</summary>
    public void Entered(Failure failure, FailureState state)
    {
        var tags = Tags(state.Name(), RoutingKeys.Name(failure.Error.Category));
        _transitions.Add(1, tags);
        if (state == FailureState.Sent)
            _retries.Add(1, tags[1]);
    }

    /// <summary>A message needed no treatment.</summary>
    public void Ignored(string queue) =>
        _ignored.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", queue));

    /// <summary>What the gauge says until the next census.</summary>
    public void Counted(IReadOnlyList<FailureCount> counts) => _counts = counts;

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?>[] Tags(string state, string category) =>
        [new("state", state), new("category", category)];
}

/// <summary>How many failures of a category are in a state.</summary>
internal sealed record FailureCount(string State, string Category, long Count);
