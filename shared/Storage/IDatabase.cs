using System.Data.Common;

namespace Integration.Storage;

/// <summary>
/// The seam over SQLite and PostgreSQL: plain SQL that both understand, with what differs in <see cref="Dialect"/>.
/// Both adapters pass the same contract tests (<c>tests/Storage</c>).
/// </summary>
public interface IDatabase : IAsyncDisposable
{
    /// <summary>The few words in which the two databases differ.</summary>
    SqlDialect Dialect { get; }

    /// <summary>An open connection, for reading only: it refuses to write. Dispose it soon.</summary>
    Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction and commits it; rolls back when it throws. A transaction that the
    /// database could not serialise (busy, deadlock, serialisation failure) is run again a few times, so
    /// <paramref name="work"/> must have no effect outside of it. It uses this transaction and begins no other write.
    /// </summary>
    Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellation);

    /// <summary>
    /// Executes <paramref name="sql"/> once per element of <paramref name="parameters"/> (objects whose properties are
    /// the parameters, as with Dapper), inside <paramref name="transaction"/>; on PostgreSQL in one round trip.
    /// Returns the number of rows affected by each. Properties may be string, long, int, bool, double, byte[],
    /// ReadOnlyMemory of byte, or null; times go as milliseconds since 1970 or as text.
    /// </summary>
    Task<IReadOnlyList<int>> ExecuteManyAsync<T>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        CancellationToken cancellation
    );

    /// <summary>
    /// Queries once per element of <paramref name="parameters"/>, inside <paramref name="transaction"/>; on PostgreSQL in
    /// one round trip. Returns for each its first row as <paramref name="read"/> makes it, or <c>default</c>.
    /// </summary>
    Task<IReadOnlyList<TRow?>> FindManyAsync<T, TRow>(
        DbTransaction transaction,
        string sql,
        IReadOnlyList<T> parameters,
        Func<DbDataReader, TRow> read,
        CancellationToken cancellation
    );

    /// <summary>
    /// Brings the tables of <paramref name="component"/> up to date: applies the migrations that are missing, in order,
    /// each once, guarded against a second replica that does the same at the same moment.
    /// </summary>
    /// <exception cref="StorageException">The database is newer than this program.</exception>
    Task MigrateAsync(string component, IReadOnlyList<Migration> migrations, CancellationToken cancellation);

    /// <summary>Throws when the database cannot be reached; for readiness.</summary>
    Task PingAsync(CancellationToken cancellation);
}
