using System.Collections.Concurrent;
using System.Data.Common;
using Integration.Storage;

namespace Integration.Sdk;

/// <summary>
/// Lookups on connections of their own, with the statement prepared, on the calling thread. For SQLite: reading a row
/// takes microseconds, and must not wait behind a commit that waits for the disk.
/// </summary>
internal sealed class JournalReaders(IDatabase database, string sql, Func<DbDataReader, JournalEntry> read)
    : IAsyncDisposable
{
    private readonly ConcurrentBag<Reader> _idle = [];

    public async ValueTask<JournalEntry?> FindAsync(TaskIdentity task, CancellationToken cancellation)
    {
        if (!_idle.TryTake(out var reader))
            reader = new Reader(await database.OpenAsync(cancellation), sql);
        try
        {
            var entry = reader.Find(task, read);
            _idle.Add(reader);
            return entry;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var reader))
            await reader.DisposeAsync();
    }

    private sealed class Reader : IAsyncDisposable
    {
        private readonly DbConnection _connection;
        private readonly DbCommand _command;
        private readonly DbParameter _taskId;
        private readonly DbParameter _engine;

        public Reader(DbConnection connection, string sql)
        {
            _connection = connection;
            _command = connection.CreateCommand();
            _command.CommandText = sql;
            _taskId = Add("@TaskId");
            _engine = Add("@Engine");
        }

        public JournalEntry? Find(TaskIdentity task, Func<DbDataReader, JournalEntry> read)
        {
            _taskId.Value = task.TaskId;
            _engine.Value = task.Engine;
            using var row = _command.ExecuteReader();
            return row.Read() ? read(row) : null;
        }

        public async ValueTask DisposeAsync()
        {
            await _command.DisposeAsync();
            await _connection.DisposeAsync();
        }

        private DbParameter Add(string name)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = name;
            _command.Parameters.Add(parameter);
            return parameter;
        }
    }
}
