using Integration.Fixtures;

namespace Integration.Sdk.Tests.Journal;

/// <summary>On a file.</summary>
public sealed class SqliteUpgradeTests : UpgradeContract, IDisposable
{
    private readonly TemporaryFolder _folder = new("journal");

    private string File => _folder.Combine("service.db");

    private protected override string[] Settings => [$"--Storage:ConnectionString=Data Source={File}"];

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();

    private protected override async Task<PreviousRelease> CreateAsync()
    {
        var before = PreviousRelease.OnSqlite(File);
        await before.CreateAsync();
        return before;
    }
}

/// <summary>On a real server, where replicas of both releases may work at once.</summary>
public sealed class PostgreSqlUpgradeTests(PostgreSqlServer server) : UpgradeContract, IClassFixture<PostgreSqlServer>
{
    private string _connectionString = "";

    private protected override string[] Settings =>
        ["--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={_connectionString}"];

    private protected override async Task<PreviousRelease> CreateAsync()
    {
        _connectionString = await server.CreateDatabaseAsync();
        var before = PreviousRelease.OnPostgreSql(_connectionString);
        await before.CreateAsync();
        return before;
    }
}
