using System.Collections.Concurrent;

namespace Integration.Sdk.Tests;

/// <summary>What the operations of these tests call: counts effects by key, and does as it is told.</summary>
public sealed class ExternalSystem
{
    private readonly ConcurrentDictionary<string, int> _effects = new(StringComparer.Ordinal);

    public Func<int, CancellationToken, Task>? Behaviour { get; set; }

    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Keys of the calls that had an effect.</summary>
    public IEnumerable<string> Keys => _effects.Keys;

    public int Effects => _effects.Values.Sum();

    public TaskCompletionSource Reached { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A call whose effect happens once per key, as with a target that knows idempotency keys.</summary>
    public Task CallAsync(string key, CancellationToken cancellation) => CallAsync(key, honoursKey: true, cancellation);

    public async Task CallAsync(string key, bool honoursKey, CancellationToken cancellation)
    {
        var call = Interlocked.Increment(ref _calls);
        Reached.TrySetResult();
        if (Behaviour is not null)
            await Behaviour(call, cancellation);
        _effects.AddOrUpdate(key, 1, (_, count) => honoursKey ? count : count + 1);
    }

    public void Reset() => Reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
