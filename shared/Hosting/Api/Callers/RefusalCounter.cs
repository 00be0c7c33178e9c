using System.Diagnostics.Metrics;

namespace Integration.Hosting;

/// <summary>Counts callers that were turned away, by reason; never by who or with what.</summary>
internal sealed class RefusalCounter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Integration.Api";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _refused;

    public RefusalCounter() =>
        _refused = _meter.CreateCounter<long>(
            "integration.api.refused",
            description: "Requests that were answered with 401 or 403, by reason."
        );

    /// <param name="reason"><c>missing</c>, <c>unknown</c>, <c>revoked</c>, <c>expired</c>, <c>jwt</c> or <c>role</c>.</param>
    public void Add(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();
}
