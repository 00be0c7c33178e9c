namespace Integration.Hosting;

/// <summary>Sleeps until a moment, or until an earlier one is set. What is set between two sleeps is not missed.</summary>
public sealed class Alarm(TimeProvider time)
{
    // Timers take no more than some weeks; a longer sleep is interrupted in between.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _earliest = DateTimeOffset.MaxValue;
    private TaskCompletionSource _changed = Signal();

    /// <summary>Ends the sleep at this moment, if it would last longer.</summary>
    public void Set(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (at >= _earliest)
                return;
            _earliest = at;
            _changed.TrySetResult();
        }
    }

    /// <summary>Ends the sleep now.</summary>
    public void Ring() => Set(DateTimeOffset.MinValue);

    /// <summary>To be called before one looks at what is to be done: forgets what that look will find anyway.</summary>
    public void Reset()
    {
        lock (_gate)
            _earliest = DateTimeOffset.MaxValue;
    }

    /// <summary>Returns at <paramref name="until"/> or at the earliest moment that was set.</summary>
    /// <exception cref="OperationCanceledException">The sleep was ended by its cancellation.</exception>
    public async Task WaitAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var (at, changed) = Next(until);
            var pause = at - time.GetUtcNow();
            if (pause <= TimeSpan.Zero)
                return;

            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(changed, Task.Delay(pause < _longest ? pause : _longest, time, ended.Token));
            await ended.CancelAsync();
        }
    }

    private (DateTimeOffset At, Task Changed) Next(DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_changed.Task.IsCompleted)
                _changed = Signal();
            return (until < _earliest ? until : _earliest, _changed.Task);
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
