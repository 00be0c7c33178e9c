using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>
/// All external systems of a service. Tasks for one that is down wait, so that they do not burn their attempts; when they
/// fill the prefetch, the pipe rests.
/// </summary>
internal sealed class Targets : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Target> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly TargetOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Targets> _log;
    private readonly Meter _meter = new("Integration.Sdk");
    private int _waiting;
    private long _uses;

    public Targets(IOptions<TargetOptions> options, TimeProvider time, ILogger<Targets> log)
    {
        _options = options.Value;
        _time = time;
        _log = log;
        _meter.CreateObservableGauge(
            "integration.targets.down",
            () => Down,
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

    /// <summary>
    /// Tasks name targets, and there may be any number of them: so many are remembered, and more only while all of them are in use.
    /// The default value is 1000.
    /// </summary>
    internal int RememberedAtMost { get; set; } = 1_000;

    /// <summary>How many are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
                return _targets.Count;
        }
    }

    private int Down
    {
        get
        {
            lock (_lock)
                return _targets.Values.Count(target => target.IsOpen);
        }
    }

    /// <summary>Makes the call when the target may be called.</summary>
    /// <param name="name">Null for a call that has none: it is made at once.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellation">Ends the wait, and not the call.</param>
    public Task<T> CallAsync<T>(string? name, Func<Task<T>> call, CancellationToken cancellation) =>
        name is null ? call() : WaitAndCallAsync(name, call, cancellation);

    public void Dispose()
    {
        _meter.Dispose();
        lock (_lock)
        {
            foreach (var target in _targets.Values)
                target.Dispose();
        }
    }

    private async Task<T> WaitAndCallAsync<T>(string name, Func<Task<T>> call, CancellationToken cancellation)
    {
        var waits = true;
        Interlocked.Increment(ref _waiting);
        var target = Enter(name);
        try
        {
            return await target.CallAsync(
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
            Leave(target);
            if (waits)
                Interlocked.Decrement(ref _waiting);
        }
    }

    private Target Enter(string name)
    {
        lock (_lock)
        {
            if (!_targets.TryGetValue(name, out var target))
            {
                if (_targets.Count >= RememberedAtMost)
                    ForgetOne();
                target = new Target(name, LimitsOf(name), _time, _log);
                _targets.Add(name, target);
            }

            target.Users++;
            return target;
        }
    }

    private void Leave(Target target)
    {
        lock (_lock)
        {
            target.Users--;
            target.LastUse = ++_uses;
        }
    }

    // Never one that a call waits for, and one that is down last of all: otherwise many that work would make it called again.
    private void ForgetOne()
    {
        var idle = _targets.Where(one => one.Value.Users == 0).ToList();
        if (idle.Count == 0)
            return;
        var (name, target) = idle.MinBy(one => (one.Value.IsOpen, one.Value.LastUse));
        _targets.Remove(name);
        target.Dispose();
    }

    private TargetLimits LimitsOf(string name) =>
        _options.Named.Values.FirstOrDefault(one => one.Target.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? (TargetLimits)_options;
}
