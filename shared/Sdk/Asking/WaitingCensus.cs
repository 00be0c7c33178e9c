using System.Diagnostics.Metrics;
using Integration.Hosting;

namespace Integration.Sdk;

/// <summary>
/// Counts the tasks that wait for an answer, every half minute. Replicas on one database count the same ones. Nothing is counted
/// in a service that asks no other.
/// </summary>
internal sealed class WaitingCensus(AskedTasks tasks, OperationCatalog operations, TimeProvider time)
    : IRecurringWork,
        IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);
    private readonly Meter _meter = new("Integration.Sdk");
    private ObservableGauge<long>? _gauge;
    private long _waiting;

    public string Name => "Counting waiting tasks";

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        if (!operations.AnyAsks)
            return DateTimeOffset.MaxValue;
        var now = time.GetUtcNow();
        Volatile.Write(ref _waiting, await tasks.CountAsync(cancellation));
        // Not before there is a number: none is not the same as zero.
        _gauge ??= _meter.CreateObservableGauge(
            "integration.tasks.waiting",
            () => Volatile.Read(ref _waiting),
            "{task}",
            "Tasks that have asked another service and wait for the answer, as stored in the database."
        );
        return now + _interval;
    }

    public void Dispose() => _meter.Dispose();
}
