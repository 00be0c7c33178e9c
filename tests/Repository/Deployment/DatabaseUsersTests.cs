using System.Globalization;
using Integration.Fixtures;
using Integration.Storage;
using Npgsql;

namespace Integration.Repository.Tests.Deployment;

/// <summary>deploy/postgresql/databases.sh on a real server: every service reaches its own database and no other.</summary>
public sealed class DatabaseUsersTests : IAsyncLifetime
{
    private readonly PostgreSqlServer _server = new();
    private readonly Dictionary<string, string> _passwords = Programs.Passwords();
    private NpgsqlConnectionStringBuilder _administrator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _administrator = new NpgsqlConnectionStringBuilder(await _server.CreateDatabaseAsync());
        var environment = new Dictionary<string, string>(_passwords)
        {
            ["PGHOST"] = _administrator.Host!,
            ["PGPORT"] = _administrator.Port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = _administrator.Username!,
            ["PGPASSWORD"] = _administrator.Password!,
        };
        await Programs.RunAsync(environment, "bash", "deploy/postgresql/databases.sh");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_service_can_use_the_database_that_the_compose_file_gives_it()
    {
        foreach (var (name, service) in ComposeFile.Read().Built)
        {
            await using var database = DatabaseFactory.Create(
                new StorageOptions
                {
                    Provider = Enum.Parse<StorageProvider>(service.Environment["Storage__Provider"]),
                    ConnectionString = ConnectionString(service),
                },
                name
            );
            await database.MigrateAsync(
                name,
                [new Migration(1, "create table things (id text primary key)")],
                Cancellation
            );
        }
    }

    [Fact]
    public async Task No_service_can_connect_to_the_database_of_another()
    {
        var services = ComposeFile.Read().Built.Select(service => ConnectionString(service.Value)).ToList();
        var databases = services.Select(text => new NpgsqlConnectionStringBuilder(text).Database!).ToList();
        databases.ShouldBeUnique();

        foreach (var service in services)
        {
            var settings = new NpgsqlConnectionStringBuilder(service) { Pooling = false };
            foreach (var other in databases.Where(database => database != settings.Database))
            {
                await using var connection = new NpgsqlConnection(
                    new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = other }.ConnectionString
                );
                var error = await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync(Cancellation));
                error.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
            }
        }
    }

    /// <summary>As in the compose file, but on the test's server.</summary>
    private string ConnectionString(ComposeService service) =>
        new NpgsqlConnectionStringBuilder(
            Variable.Fill(service.Environment["Storage__ConnectionString"], name => _passwords[name])
        )
        {
            Host = _administrator.Host,
            Port = _administrator.Port,
        }.ConnectionString;
}
