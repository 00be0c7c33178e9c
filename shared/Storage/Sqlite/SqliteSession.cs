using Microsoft.Data.Sqlite;

namespace Integration.Storage.Sqlite;

/// <summary>The open writing connection and what is prepared on it.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    public SqliteConnection Connection => connection;

    public SqliteCommands Commands { get; } = new(connection);

    public void Dispose()
    {
        Commands.Dispose();
        connection.Dispose();
    }
}
