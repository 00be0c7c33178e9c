using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Integration.Storage.Sqlite;

/// <summary>
/// The one connection that writes, on a thread of its own. SQLite blocks its thread until the disk has a commit; on the
/// thread pool that would be one of as many threads as there are processors, and the whole service would wait with it.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly SqliteSettings _settings;

    // A plain monitor: what blocks the thread must not spin first, which on two cores takes one away from the rest.
    private readonly object _gate = new();
    private readonly Queue<SqliteWrite> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private SqliteSession? _session;
    private bool _writing;
    private bool _closed;

    public SqliteWriter(SqliteSettings settings)
    {
        _settings = settings;
        _thread = new Thread(Run) { IsBackground = true, Name = "sqlite " + Path.GetFileName(settings.Path) };
        _thread.UnsafeStart();
    }

    /// <summary>The statements prepared on the connection of <paramref name="transaction"/>.</summary>
    public SqliteCommands CommandsOf(DbTransaction transaction) =>
        _session is { } session && session.Connection == transaction.Connection
            ? session.Commands
            : throw new ArgumentException(
                "The transaction is over or belongs to another database.",
                nameof(transaction)
            );

    /// <summary>Runs <paramref name="work"/> after what was submitted before.</summary>
    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation)
    {
        if (_writing && Thread.CurrentThread == _thread)
            throw new InvalidOperationException(
                "A write inside a write would never stop waiting for itself: use the transaction that is there."
            );
        var write = new SqliteWrite<T>(work, cancellation);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _queue.Enqueue(write);
            Monitor.Pulse(_gate);
        }

        return write.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        await _ended.Task;
    }

    private void Run()
    {
        while (Next() is { } write)
        {
            try
            {
                _writing = true;
                write.Run(_session ??= new SqliteSession(_settings.OpenWriter()));
            }
            catch (Exception e)
            {
                // Opening, beginning or rolling back failed: the next write starts with a fresh connection.
                write.Fail(e is SqliteException trouble ? _settings.Unusable(trouble) : e);
                Close();
            }
            finally
            {
                _writing = false;
            }
        }
        Close();
        _ended.SetResult();
    }

    /// <summary>The next write, as soon as there is one; null when the database was closed and everything is written.</summary>
    private SqliteWrite? Next()
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_closed)
                    return null;
                Monitor.Wait(_gate);
            }

            return _queue.Dequeue();
        }
    }

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }
}
