using Integration.Fixtures;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Integration.Storage.Tests;

/// <summary>The contract on a real PostgreSQL server.</summary>
public sealed class PostgreSqlTests(PostgreSqlServer server) : DatabaseContract
{
    private string _connectionString = "";

    protected override async Task PrepareAsync() => _connectionString = await server.CreateDatabaseAsync();

    protected override IDatabase Create() =>
        DatabaseFactory.Create(
            new StorageOptions { Provider = StorageProvider.PostgreSql, ConnectionString = _connectionString },
            "test"
        );
}
