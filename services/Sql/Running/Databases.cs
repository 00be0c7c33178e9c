using Integration.Egress;
using Integration.Errors;
using Integration.Files;
using Integration.Sql.PostgreSql;
using Integration.Sql.Settings;
using Integration.Sql.Sqlite;
using Microsoft.Extensions.Options;

namespace Integration.Sql.Running;

/// <summary>The configured databases by the name of their connection, each opened when it is first used.</summary>
internal sealed class Databases(
    IOptions<SqlOptions> options,
    GuardedConnector egress,
    CertificateCheck certificates,
    IFileStores files,
    TimeProvider time
) : IAsyncDisposable
{
    private readonly SqlOptions _options = options.Value;
    private readonly Dictionary<string, ISqlDatabase> _databases = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();

    /// <exception cref="DataErrorException">There is none of that name; names the field.</exception>
    public ConnectionOptions Settings(string name) =>
        _options.Connections.TryGetValue(name, out var connection)
            ? connection
            : throw InvalidInput.At(
                "connection",
                $"names '{name}', which is not configured. "
                    + (
                        _options.Connections.Count == 0
                            ? $"Set Sql__Connections__{name}__ConnectionString."
                            : $"Known are: {string.Join(", ", _options.Connections.Keys.Order(StringComparer.Ordinal))}."
                    )
            );

    public ISqlDatabase Get(string name)
    {
        lock (_lock)
        {
            if (!_databases.TryGetValue(name, out var database))
                _databases[name] = database = Create(name, Settings(name));
            return database;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases.Values)
            await database.DisposeAsync();
    }

    private ISqlDatabase Create(string name, ConnectionOptions connection) =>
        connection.Provider == DatabaseProvider.Sqlite
            ? new SqliteDatabase(
                SqliteFile.PathOf(connection, _options),
                connection.File,
                SqliteFile.LargestValue(_options),
                files,
                time
            )
            : new PostgreSqlDatabase(
                new PostgreSqlPool(
                    name,
                    PostgreSqlSettings.Read(name, connection, _options),
                    connection,
                    egress,
                    certificates,
                    time
                ),
                connection.Isolation,
                files,
                time
            );
}
