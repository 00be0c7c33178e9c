using System.Data.Common;
using Integration.Storage;

namespace Integration.Fixtures;

/// <summary>A database that can be taken away.</summary>
public sealed class FailingDatabase(IDatabase database) : IDatabase
{
    private volatile bool _refusesWrites;
    private volatile bool _isAway;
    private int _refusals;

    /// <summary>Writes fail.</summary>
    public bool RefusesWrites
    {
        get => _refusesWrites;
        set => _refusesWrites = value;
    }

    /// <summary>It cannot be reached at all.</summary>
    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <summary>How often it was asked for something and failed.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <inheritdoc />
    public SqlDialect Dialect => database.Dialect;

    /// <inheritdoc />
    public Task<DbConnection> OpenAsync(CancellationToken cancellation) =>
        IsAway ? throw Refusal() : database.OpenAsync(cancellation);

    /// <inheritdoc />
    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation) =>
        IsAway || RefusesWrites ? throw Refusal() : database.WriteAsync(work, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<int>> ExecuteManyAsync<T>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        CancellationToken cancellation
    ) => database.ExecuteManyAsync(transaction, sql, parameters, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<TRow?>> FindManyAsync<T, TRow>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        Func<DbDataReader, TRow> read,
        CancellationToken cancellation
    ) => database.FindManyAsync(transaction, sql, parameters, read, cancellation);

    /// <inheritdoc />
    public Task MigrateAsync(string component, IReadOnlyList<Migration> migrations, CancellationToken cancellation) =>
        database.MigrateAsync(component, migrations, cancellation);

    /// <inheritdoc />
    public Task PingAsync(CancellationToken cancellation) =>
        IsAway ? throw Refusal() : database.PingAsync(cancellation);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private AwayException Refusal()
    {
        Interlocked.Increment(ref _refusals);
        return new AwayException();
    }

    private sealed class AwayException() : DbException("The database is away.");
}
