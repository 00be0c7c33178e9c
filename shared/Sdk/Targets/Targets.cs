using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>
/// All external systems of a service. Tasks for one that is down wait, so that they do not burn their attempts; when they
/// fill the prefetch, the pipe rests by itself.
/// </summary>
internal sealed class Targets : IDisposable
{
    // Tasks name targets: there may be any number of them. Those that were not called for long are forgotten.
    private const int RememberedAtMost = 1_000;

    private readonly ConcurrentDictionary<string, Target> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly TargetOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Targets> _log;
    private readonly Meter _meter = new("Integration.Sdk");
    private int _waiting;

    public Targets(IOptions<TargetOptions> options, TimeProvider time, ILogger<Targets> log)
    {
        _options = options.Value;
        _time = time;
        _log = log;
        _meter.CreateObservableGauge(
            "integration.targets.down",
            () => _targets.Count(target => target.Value.IsOpen),
            "{target}",
            "Targets that nothing is sent to at the moment."
        );
        _meter.CreateObservableGauge(
            "integration.targets.waiting",
            () => Waiting,
            "{task}",
            "Tasks that wait for their target."
        );
    }

    /// <summary>Tasks that wait for their target.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Makes the call when the target may be called.</summary>
    /// <param name="name">Null for a call that has none: it is made at once.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Ends the wait, and not the call.</param>
    public Task<T> CallAsync<T>(string? name, Func<Task<T>> call, CancellationToken cancellation) =>
        name is null ? call() : WaitAndCallAsync(name, call, cancellation);

    public void Dispose()
    {
        _meter.Dispose();
        foreach (var target in _targets.Values)
            target.Dispose();
    }

    private async Task<T> WaitAndCallAsync<T>(string name, Func<Task<T>> call, CancellationToken cancellation)
    {
        var waits = true;
        Interlocked.Increment(ref _waiting);
        try
        {
            return await Find(name)
                .CallAsync(
                    () =>
                    {
                        waits = false;
                        Interlocked.Decrement(ref _waiting);
                        return call();
                    },
                    _options.LongestWait,
                    cancellation
                );
        }
        finally
        {
            if (waits)
                Interlocked.Decrement(ref _waiting);
        }
    }

    private Target Find(string name)
    {
        if (_targets.TryGetValue(name, out var known))
            return known;
        if (_targets.Count >= RememberedAtMost)
            _targets.Clear();
        TargetLimits limits =
            _options.Named.Values.FirstOrDefault(one => one.Target.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (TargetLimits)_options;
        return _targets.GetOrAdd(name, key => new Target(key, limits, _time, _log));
    }
}
