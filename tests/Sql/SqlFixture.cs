using System.Globalization;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Integration.Sql.Tests;

/// <summary>The service in its real pipeline, with a real PostgreSQL server and a SQLite file.</summary>
public sealed class SqlFixture : IAsyncLifetime
{
    private const string Schema = """
        create type mood as enum ('calm', 'cross');
        create table customers (
            id int generated always as identity primary key,
            email text not null constraint customers_email_key unique,
            name text not null,
            balance numeric not null default 0 constraint balance_not_negative check (balance >= 0),
            constraint late unique (name) deferrable initially deferred
        );
        create function add_tax(net numeric, rate numeric default 0.19) returns numeric language sql
            as 'select round(net * (1 + rate), 2)';
        create function customers_like(pattern text) returns table (id int, name text) language sql
            as 'select id, name from customers where name like pattern order by name';
        create procedure transfer(sender int, receiver int, amount numeric, out left_over numeric) language plpgsql as $$
            begin
                update customers set balance = balance - amount where id = sender returning balance into left_over;
                update customers set balance = balance + amount where id = receiver;
            end $$;
        create function refuse(why text) returns void language plpgsql
            as $$ begin raise exception '%', why using errcode = 'CR001'; end $$;
        """;

    private ServiceHarness? _shared;

    public PostgreSqlServer Server { get; } = new();

    public TemporaryFolder Folder { get; } = new("sql");

    public string PostgreSql { get; private set; } = "";

    public string Sqlite => $"Data Source={Folder.Combine("shop.db")};Pooling=False";

    public ServiceHarness Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        PostgreSql = await Server.CreateDatabaseAsync();
        await ExecuteAsync(Schema);
        await using (var connection = new SqliteConnection(Sqlite))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                create table items (
                    id integer primary key, code text not null unique, price numeric, active boolean, data json, picture blob
                );
                """;
            await command.ExecuteNonQueryAsync();
        }

        Service = await StartAsync([]);
    }

    /// <summary>One service for all tests of a class, with the settings of the first that asks.</summary>
    public async Task<ServiceHarness> ShareAsync(Func<string[]> settings) => _shared ??= await StartAsync(settings());

    /// <summary>The service with further settings.</summary>
    public Task<ServiceHarness> StartAsync(string[] settings, ILoggerProvider log) =>
        StartAsync(settings, builder => builder.Logging.AddProvider(log));

    /// <summary>The service with further settings, and parts replaced.</summary>
    public Task<ServiceHarness> StartAsync(string[] settings, Action<WebApplicationBuilder>? configure = null) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddSql();
                builder.Services.AddSingleton(TimeProvider.System);
                configure?.Invoke(builder);
            },
            [
                "--Egress:AllowLoopback=true",
                $"--Sql:SqliteFolder={Folder.Path}",
                .. Connection("default", PostgreSql),
                .. Connection("free", PostgreSql),
                "--Sql:Connections:free:FreeSql=true",
                .. Connection("berlin", $"{PostgreSql};Timezone=Europe/Berlin"),
                "--Sql:Connections:berlin:FreeSql=true",
                "--Sql:Connections:shop:Provider=Sqlite",
                "--Sql:Connections:shop:File=shop.db",
                "--Sql:Connections:shop:FreeSql=true",
                .. settings,
            ]
        );

    /// <summary>Settings of a connection: its password on its own, as it should be.</summary>
    public static string[] Connection(string name, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var password = settings.Password;
        settings.Remove("Password");
        settings.Remove("Pooling");
        return
        [
            $"--Sql:Connections:{name}:ConnectionString={settings.ConnectionString}",
            $"--Sql:Connections:{name}:Password={password}",
        ];
    }

    /// <summary>Settings of a statement; parameters as <c>name=type</c>.</summary>
    public static string[] Statement(string name, string text, params string[] more) =>
        [$"--Sql:Statements:{name}:Text={text}", .. more.Select(one => $"--Sql:Statements:{name}:{one}")];

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<string?> ScalarAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(PostgreSql);
        await connection.OpenAsync();
        return connection;
    }

    public Task<TaskAnswer> QueryAsync(object inputs) => Service.RunAsync("sql.query", inputs);

    public Task<TaskAnswer> ExecuteAsync(object inputs) => Service.RunAsync("sql.execute", inputs);

    public async ValueTask DisposeAsync()
    {
        if (Service is not null)
            await Service.DisposeAsync();
        if (_shared is not null)
            await _shared.DisposeAsync();
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}
