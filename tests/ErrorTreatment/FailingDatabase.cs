using System.Data.Common;
using Integration.Storage;

namespace Integration.ErrorTreatment.Tests;

/// <summary>A database that can be taken away.</summary>
internal sealed class FailingDatabase(IDatabase database) : IDatabase
{
    /// <summary>Writes fail.</summary>
    public volatile bool RefusesWrites;

    /// <summary>It cannot be reached at all.</summary>
    public volatile bool IsAway;

    public SqlDialect Dialect => database.Dialect;

    public Task<DbConnection> OpenAsync(CancellationToken cancellation) =>
        IsAway ? throw new IOException("The database is away.") : database.OpenAsync(cancellation);

    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation) =>
        IsAway || RefusesWrites
            ? throw new IOException("The database takes nothing.")
            : database.WriteAsync(work, cancellation);

    public Task<IReadOnlyList<int>> ExecuteManyAsync<T>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        CancellationToken cancellation
    ) => database.ExecuteManyAsync(transaction, sql, parameters, cancellation);

    public Task<IReadOnlyList<TRow?>> FindManyAsync<T, TRow>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        Func<DbDataReader, TRow> read,
        CancellationToken cancellation
    ) => database.FindManyAsync(transaction, sql, parameters, read, cancellation);

    public Task MigrateAsync(string component, IReadOnlyList<Migration> migrations, CancellationToken cancellation) =>
        database.MigrateAsync(component, migrations, cancellation);

    public Task PingAsync(CancellationToken cancellation) =>
        IsAway ? throw new IOException("The database is away.") : database.PingAsync(cancellation);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
