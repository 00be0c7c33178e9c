using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Integration.Storage.Sqlite;

/// <summary>SQLite in WAL mode: one connection writes, any number read meanwhile.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    private readonly SqliteSettings _settings;
    private readonly SqliteWriter _writer;
    private readonly TimeProvider _time;

    public SqliteDatabase(SqliteSettings settings, TimeProvider time)
    {
        DapperConventions.Apply();
        _settings = settings;
        _writer = new SqliteWriter(settings);
        _time = time;
    }

    public SqlDialect Dialect => SqlDialect.Sqlite;

    public Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<DbConnection>(_settings.OpenReader());
    }

    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation) =>
        _writer.WriteAsync(work, cancellation);

    public Task<IReadOnlyList<int>> ExecuteManyAsync<T>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        CancellationToken cancellation
    )
    {
        var command = _writer.CommandsOf(transaction).Get<T>(sql);
        var affected = new int[parameters.Count];
        for (var i = 0; i < affected.Length; i++)
            affected[i] = command.With((SqliteTransaction)transaction, parameters[i]).ExecuteNonQuery();
        return Task.FromResult<IReadOnlyList<int>>(affected);
    }

    public Task<IReadOnlyList<TRow?>> FindManyAsync<T, TRow>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        Func<DbDataReader, TRow> read,
        CancellationToken cancellation
    )
    {
        var command = _writer.CommandsOf(transaction).Get<T>(sql);
        var rows = new TRow?[parameters.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            using var reader = command.With((SqliteTransaction)transaction, parameters[i]).ExecuteReader();
            if (reader.Read())
                rows[i] = read(reader);
        }
        return Task.FromResult<IReadOnlyList<TRow?>>(rows);
    }

    /// <summary><c>begin immediate</c> is the guard: a second process waits until the first has committed.</summary>
    public Task MigrateAsync(string component, IReadOnlyList<Migration> migrations, CancellationToken cancellation) =>
        WriteAsync(
            transaction =>
                new Migrations(component, migrations, Dialect, _time.GetUtcNow()).ApplyAsync(transaction, cancellation),
            cancellation
        );

    public async Task PingAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await OpenAsync(cancellation);
            await connection.ExecuteScalarAsync("select count(*) from sqlite_master");
        }
        catch (SqliteException e)
        {
            throw _settings.Unusable(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _settings.CloseReaders();
    }
}
