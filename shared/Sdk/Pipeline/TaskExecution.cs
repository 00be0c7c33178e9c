namespace Integration.Sdk;

/// <summary>A task in work in this process: can be cancelled, and waited for.</summary>
internal sealed class TaskExecution(TimeProvider time) : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private CancellationTokenSource? _source;
    private CancellationTokenRegistration _stopping;
    private bool _disposed;

    /// <summary>Completes when the work on this delivery is over, whatever came of it.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why the engine withdrew the task; null while it has not.</summary>
    public string? CancelledBecause { get; private set; }

    /// <summary>Begins the call: the token is signalled after <paramref name="limit"/>, on cancellation and when stopping.</summary>
    public CancellationToken Begin(TimeSpan limit, CancellationToken stopping)
    {
        lock (_lock)
        {
            _source = new CancellationTokenSource(limit, time);
            _stopping = stopping.UnsafeRegister(static source => Signal((CancellationTokenSource)source!), _source);
            if (CancelledBecause is not null)
                _source.Cancel();
            return _source.Token;
        }
    }

    /// <summary>Gives the call this much time from now on.</summary>
    public void Restart(TimeSpan limit)
    {
        lock (_lock)
            _source?.CancelAfter(limit);
    }

    public void Cancel(string reason)
    {
        CancellationTokenSource? source;
        lock (_lock)
        {
            CancelledBecause ??= reason;
            source = _disposed ? null : _source;
        }

        if (source is not null)
            Signal(source);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _stopping.Unregister();
            _source?.Dispose();
        }

        _ended.TrySetResult();
    }

    private static void Signal(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended in the meantime.
        }
    }
}
