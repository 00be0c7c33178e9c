using Microsoft.Data.Sqlite;

namespace Integration.Storage.Sqlite;

/// <summary>Where the file is and how its connections are set up.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="SynchronousFull">Whether a commit waits for the disk.</param>
internal sealed record SqliteSettings(string Path, bool SynchronousFull)
{
    private const string BusyTimeout = "pragma busy_timeout = 5000;";

    /// <exception cref="StorageException">The connection string is wrong.</exception>
    public static SqliteSettings Read(StorageOptions options, string service)
    {
        var path = options.ConnectionString is { Length: > 0 } text ? FileOf(text) : $"data/{service}.db";
        return new SqliteSettings(System.IO.Path.GetFullPath(path), options.SynchronousFull);
    }

    /// <summary>The connection that writes: one, kept open.</summary>
    public SqliteConnection OpenWriter() =>
        Open(
            pooling: false,
            $"{BusyTimeout} pragma journal_mode = wal; pragma synchronous = {(SynchronousFull ? "full" : "normal")};"
        );

    /// <summary>A connection that reads; one that writes would compete with the writer.</summary>
    public SqliteConnection OpenReader() => Open(pooling: true, $"{BusyTimeout} pragma query_only = on;");

    private SqliteConnection Open(bool pooling, string pragmas)
    {
        SqliteFile.Ensure(Path);
        var connection = new SqliteConnection(ConnectionString(pooling));
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new StorageException(
                $"The database file {Path} cannot be opened: {e.Message} Check that it is an SQLite database and that "
                    + "this process may read and write it and its folder (Storage:ConnectionString).",
                e
            );
        }
    }

    /// <summary>The connection string of either kind.</summary>
    public string ConnectionString(bool pooling) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            Pooling = pooling,
        }.ConnectionString;

    private static string FileOf(string connectionString)
    {
        try
        {
            var builder = new SqliteConnectionStringBuilder(connectionString);
            if (
                builder.DataSource is { Length: > 0 } file
                && file != ":memory:"
                && builder.Mode != SqliteOpenMode.Memory
            )
                return file;
        }
        catch (ArgumentException)
        {
            // Falls through: the text may hold a secret, so neither it nor the message about it is repeated.
        }
        throw new StorageException(
            "Storage:ConnectionString does not name an SQLite file. Set it to \"Data Source=/path/name.db\", leave it "
                + "out for data/<service>.db, or set Storage:Provider to PostgreSql if it is a PostgreSQL connection string."
        );
    }
}
