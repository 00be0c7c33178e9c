using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Integration.Storage.Sqlite;

/// <summary>A transaction that waits for its turn.</summary>
internal abstract class SqliteWrite
{
    /// <summary>Runs the write and completes the caller's task.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Fails the caller's task: the write could not be run.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc />
internal sealed class SqliteWrite<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>Completes after the commit.</summary>
    public Task<T> Task => _outcome.Task;

    public override void Fail(Exception error) => _outcome.TrySetException(error);

    public override void Run(SqliteSession session)
    {
        if (cancellation.IsCancellationRequested)
        {
            _outcome.TrySetCanceled(cancellation);
            return;
        }
        using var transaction = session.Connection.BeginTransaction(deferred: false);
        T result;
        try
        {
            result = Work(transaction);
            transaction.Commit();
        }
        catch (Exception e)
        {
            transaction.Rollback();
            Settle(e);
            return;
        }
        _outcome.TrySetResult(result);
    }

    private void Settle(Exception e)
    {
        if (e is OperationCanceledException cancelled)
            _outcome.TrySetCanceled(cancelled.CancellationToken);
        else
            _outcome.TrySetException(e);
    }

    /// <summary>Everything that SQLite does completes at once; work that waits for something else holds up all writes.</summary>
    private T Work(SqliteTransaction transaction)
    {
        if (_context is null)
            return work(transaction).GetAwaiter().GetResult();
        T? result = default;
        ExecutionContext.Run(_context, _ => result = work(transaction).GetAwaiter().GetResult(), null);
        return result!;
    }
}
