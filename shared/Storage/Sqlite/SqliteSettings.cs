using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Integration.Storage.Sqlite;

/// <summary>Where the file is and how its connections are set up.</summary>
/// <param name="path">Full path of the file.</param>
/// <param name="configured">The connection string as configured.</param>
/// <param name="synchronousFull">Whether a commit waits for the disk.</param>
internal sealed class SqliteSettings(string path, SqliteConnectionStringBuilder configured, bool synchronousFull)
{
    /// <summary>Full path of the file.</summary>
    public string Path => path;

    /// <exception cref="StorageException">The connection string is wrong.</exception>
    public static SqliteSettings Read(StorageOptions options, string service)
    {
        var configured = string.IsNullOrWhiteSpace(options.ConnectionString)
            ? new SqliteConnectionStringBuilder { DataSource = $"data/{service}.db" }
            : Parse(options.ConnectionString);
        if (configured is not { DataSource: { Length: > 0 } file } || !IsFile(file, configured.Mode))
            throw new StorageException(
                "Storage__ConnectionString does not name an SQLite file. Set it to \"Data Source=/path/name.db\", leave it "
                    + $"out for data/{service}.db, or set Storage__Provider to PostgreSql if it is for PostgreSQL."
            );
        return new SqliteSettings(System.IO.Path.GetFullPath(file), configured, options.SynchronousFull);
    }

    /// <summary>The connection that writes: one, kept open.</summary>
    public SqliteConnection OpenWriter() =>
        Open(
            pooling: false,
            $"pragma journal_mode = wal; pragma synchronous = {(synchronousFull ? "full" : "normal")};"
        );

    /// <summary>A connection that reads; one that writes would compete with the writer.</summary>
    public SqliteConnection OpenReader() => Open(pooling: true, "pragma query_only = on;");

    /// <summary>Closes the connections that wait for the next reader: they keep the file open, and with it the side files.</summary>
    public void CloseReaders()
    {
        using var reader = new SqliteConnection(ConnectionString(pooling: true));
        SqliteConnection.ClearPool(reader);
    }

    /// <summary>Says of the file what SQLite says, and the way out.</summary>
    public StorageException Unusable(SqliteException e) =>
        e.SqliteErrorCode is raw.SQLITE_BUSY
            ? new StorageException(
                $"The database file {path} stayed locked by another process. SQLite is for one replica: stop the other "
                    + "process, or set Storage__Provider to PostgreSql to run several.",
                e
            )
            : new StorageException(
                $"The database file {path} cannot be used: {e.Message} Check that it is an SQLite database and that this "
                    + "process may read and write it and its folder (Storage__ConnectionString).",
                e
            );

    private SqliteConnection Open(bool pooling, string pragmas)
    {
        SqliteFile.Ensure(path);
        var connection = new SqliteConnection(ConnectionString(pooling));
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // SQLite's own waiting is finer than the driver's, which looks every 150 ms.
            command.CommandText = $"pragma busy_timeout = {configured.DefaultTimeout * 1000}; {pragmas}";
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Unusable(e);
        }
    }

    private string ConnectionString(bool pooling) =>
        new SqliteConnectionStringBuilder(configured.ConnectionString)
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            Pooling = pooling,
        }.ConnectionString;

    private static bool IsFile(string source, SqliteOpenMode mode) =>
        source != ":memory:" && mode is SqliteOpenMode.ReadWriteCreate or SqliteOpenMode.ReadWrite;

    /// <summary>Null when the text cannot be read; why may quote a secret, so it is not kept.</summary>
    private static SqliteConnectionStringBuilder? Parse(string text)
    {
        try
        {
            return new SqliteConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return null;
        }
    }
}
