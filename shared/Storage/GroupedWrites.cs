using System.Data.Common;

namespace Integration.Storage;

/// <summary>
/// Writes of a hot path, grouped: what arrives while a transaction is being written shares the next one. An idle
/// database is written at once; no timer adds latency.
/// </summary>
/// <remarks>
/// A group that fails is applied again request by request, so that a bad request fails alone; only when the database
/// itself is in the way (connection lost, locked) the whole group fails.
/// The callers of one group go on one after the other, in one work item of the thread pool: waking a thread for each
/// costs more than what most have left to do. A caller with long or blocking work to do next yields first.
/// </remarks>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TResult">What comes back for each.</typeparam>
/// <param name="database">The database that is written to.</param>
/// <param name="apply">
/// The work of one group, in one transaction; returns a result for each request, in order. It may be run again.
/// </param>
/// <param name="largestGroup">Requests in one transaction at most.</param>
/// <param name="groupsInFlight">
/// Transactions at once. With 1, the default, requests are applied in the order in which they were submitted.
/// </param>
public sealed class GroupedWrites<TRequest, TResult>(
    IDatabase database,
    Func<DbTransaction, IReadOnlyList<TRequest>, CancellationToken, Task<IReadOnlyList<TResult>>> apply,
    int largestGroup = 256,
    int groupsInFlight = 1
) : IAsyncDisposable
{
    private readonly int _largestGroup = AtLeastOne(largestGroup, nameof(largestGroup));
    private readonly int _groupsInFlight = AtLeastOne(groupsInFlight, nameof(groupsInFlight));
    private readonly Lock _gate = new();
    private readonly Queue<PendingWrite<TRequest, TResult>> _waiting = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writers;
    private int _telling;
    private bool _disposed;

    private bool IsIdle => _writers == 0 && _telling == 0;

    /// <summary>
    /// Completes when the transaction that carried the request is committed. A request that is cancelled while it waits
    /// is never written; once its group is being written, its outcome is awaited.
    /// </summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public Task<TResult> SubmitAsync(TRequest request, CancellationToken cancellation = default)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<TResult>(cancellation);
        var pending = new PendingWrite<TRequest, TResult>(request, cancellation);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _waiting.Enqueue(pending);
            if (_writers == _groupsInFlight)
                return pending.Task;
            _writers++;
        }
        StartWriter();
        return pending.Task;
    }

    /// <summary>Writes what was submitted, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            if (IsIdle)
                _drained.TrySetResult();
        }
        await _drained.Task;
    }

    /// <summary>A writer serves many submitters: it must not carry the trace or the log scope of the one that woke it.</summary>
    private void StartWriter()
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            _ = WriteGroupsAsync();
            return;
        }
        using (ExecutionContext.SuppressFlow())
            _ = WriteGroupsAsync();
    }

    private async Task WriteGroupsAsync()
    {
        while (TakeGroup() is { } group)
            await WriteAsync(group);
    }

    private List<PendingWrite<TRequest, TResult>>? TakeGroup()
    {
        lock (_gate)
        {
            var group = new List<PendingWrite<TRequest, TResult>>(Math.Min(_waiting.Count, _largestGroup));
            while (group.Count < _largestGroup && _waiting.TryDequeue(out var pending))
            {
                if (pending.IsCancelled)
                    BeginTelling(pending.Cancel);
                else
                    group.Add(pending);
            }
            if (group.Count > 0)
                return group;
            _writers--;
            if (IsIdle && _disposed)
                _drained.TrySetResult();
            return null;
        }
    }

    private async Task WriteAsync(List<PendingWrite<TRequest, TResult>> group)
    {
        IReadOnlyList<TResult> results;
        try
        {
            results = await CommitAsync(group.ConvertAll(pending => pending.Request));
        }
        catch (Exception e) when (group.Count == 1 || DatabaseTrouble.Is(e))
        {
            Tell(() => group.ForEach(pending => pending.SetException(e)));
            return;
        }
        catch (Exception)
        {
            foreach (var pending in group)
                await WriteAsync([pending]);
            return;
        }

        Tell(() =>
        {
            for (var i = 0; i < group.Count; i++)
                group[i].SetResult(results[i]);
        });
    }

    private void Tell(Action callers)
    {
        lock (_gate)
            BeginTelling(callers);
    }

    /// <summary>Not on the calling thread, which has the next group to write. Within the lock.</summary>
    private void BeginTelling(Action callers)
    {
        _telling++;
        ThreadPool.UnsafeQueueUserWorkItem(
            static told =>
            {
                told.callers();
                told.writes.EndTelling();
            },
            (writes: this, callers),
            preferLocal: true
        );
    }

    private void EndTelling()
    {
        lock (_gate)
        {
            _telling--;
            if (IsIdle && _disposed)
                _drained.TrySetResult();
        }
    }

    private async Task<IReadOnlyList<TResult>> CommitAsync(List<TRequest> requests)
    {
        var results = await database.WriteAsync(
            transaction => apply(transaction, requests, CancellationToken.None),
            CancellationToken.None
        );
        return results.Count == requests.Count
            ? results
            : throw new InvalidOperationException(
                $"A group of {requests.Count} requests was answered with {results.Count} results."
            );
    }

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
