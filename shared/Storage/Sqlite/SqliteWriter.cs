using System.Collections.Concurrent;
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
    private readonly BlockingCollection<SqliteWrite> _queue = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private SqliteSession? _session;
    private bool _writing;

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
                "A write inside a write would wait for itself for ever: use the transaction that is there."
            );
        var write = new SqliteWrite<T>(work, cancellation);
        try
        {
            _queue.Add(write, CancellationToken.None);
        }
        catch (InvalidOperationException e)
        {
            throw new ObjectDisposedException($"The database {_settings.Path} was closed.", e);
        }
        return write.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _ended.Task;
    }

    private void Run()
    {
        foreach (var write in _queue.GetConsumingEnumerable())
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

    private void Close()
    {
        _session?.Dispose();
        _session = null;
    }
}
