using Microsoft.Extensions.Logging;

namespace Integration.Bus;

/// <summary>The deliveries of one subscription that are not settled yet: runs the handler, counts, waits for the last.</summary>
internal sealed class InFlight(Pipe pipe, DeliveryHandler handler, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>What a handler gets, after its cancellation was signalled, to say what becomes of its delivery.</summary>
    private static readonly TimeSpan _lastWord = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _draining;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether deliveries go back untouched.</summary>
    public bool Stopping => _stopped.Task.IsCompleted;

    /// <summary>Counts one more. Each call is followed by one of <see cref="End"/>.</summary>
    public void Begin() => Interlocked.Increment(ref _count);

    public void End()
    {
        if (Interlocked.Decrement(ref _count) == 0 && Stopping)
            _drained.TrySetResult();
    }

    /// <summary>Runs the handler, unless stopping. Never throws.</summary>
    /// <param name="delivery">What came.</param>
    /// <param name="returns">How often it was returned before: a growing pause comes before it is returned again.</param>
    public async Task<Settlement> HandleAsync(Delivery delivery, int returns)
    {
        var settlement = Settlement.Requeue;
        if (Stopping)
            return settlement;
        try
        {
            settlement = await handler(delivery, _cancellation.Token);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            // Stopped, as requested.
        }
        catch (Exception e)
        {
            log.LogError(
                e,
                "The handler of {Queue} failed; message {MessageId} is returned",
                pipe.Queue,
                delivery.Properties.MessageId
            );
        }

        if (settlement == Settlement.Requeue && returns > 0)
            await Task.WhenAny(_stopped.Task, Task.Delay(Returning.Pause(returns), time, CancellationToken.None));
        return settlement;
    }

    /// <summary>The same where a broker does not take back what is given up: then the handler has lost its say.</summary>
    public async Task<Settlement> HandleUntilGivenUpAsync(Delivery delivery, int returns)
    {
        var handling = HandleAsync(delivery, returns);
        return await Task.WhenAny(handling, _givenUp.Task) == handling ? await handling : Settlement.Requeue;
    }

    /// <summary>
    /// From now on <see cref="Stopping"/>; completes when nothing is in flight or has had its time. A second call waits for
    /// the same.
    /// </summary>
    public Task DrainAsync(TimeSpan grace)
    {
        lock (_drained)
            return _draining ??= DrainOnceAsync(grace);
    }

    public void Dispose() => _cancellation.Dispose();

    private async Task DrainOnceAsync(TimeSpan grace)
    {
        _stopped.TrySetResult();
        if (Count == 0)
            _drained.TrySetResult();
        if (await DrainedWithinAsync(grace))
            return;
        log.LogWarning("{Count} deliveries of {Queue} were not done in time and are returned", Count, pipe.Queue);
        await _cancellation.CancelAsync();
        await DrainedWithinAsync(_lastWord);
        _givenUp.TrySetResult();
    }

    private async Task<bool> DrainedWithinAsync(TimeSpan patience)
    {
        try
        {
            await _drained.Task.WaitAsync(patience, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
