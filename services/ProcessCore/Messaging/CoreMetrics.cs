using System.Diagnostics.Metrics;

namespace Integration.ProcessCore.Messaging;

/// <summary>What the process core counts. Meter <c>Integration.ProcessCore</c>.</summary>
internal sealed class CoreMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Integration.ProcessCore";

    private readonly Meter _meter;
    private readonly Counter<long> _repeated;

    public CoreMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _repeated = _meter.CreateCounter<long>(
            "integration.starts.repeated_and_refused",
            "{message}",
            "Process starts that cannot be taken and repeat a request that has started an instance before."
        );
    }

    /// <summary>A start was passed over.</summary>
    /// <param name="code">Why it could not be taken.</param>
    public void Repeated(string code) => _repeated.Add(1, new KeyValuePair<string, object?>("error.type", code));

    public void Dispose() => _meter.Dispose();
}
