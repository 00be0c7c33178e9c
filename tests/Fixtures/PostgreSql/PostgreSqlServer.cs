using System.Diagnostics;
using System.Globalization;
using Integration.Fixtures.Containers;
using Npgsql;
using Xunit;

namespace Integration.Fixtures;

/// <summary>
/// A real PostgreSQL server on a free loopback port, with data of its own: the installed one, else PostgreSQL 17 in a container.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly int _port = FreePort.Next();
    private readonly IPostgreSqlHost _host;
    private int _databases;

    /// <summary>Starts nothing yet.</summary>
    public PostgreSqlServer() =>
        _host = ServerSource.IsContainer(PostgreSqlBinaries.AreInstalled)
            ? new ContainedPostgreSql(_port)
            : new InstalledPostgreSql(_port);

    /// <summary>Makes the data and starts the server.</summary>
    public async ValueTask InitializeAsync()
    {
        await _host.CreateAsync(_password);
        await StartAsync();
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"create database {name}";
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Makes it offer TLS from now on; connections without it go on to work.</summary>
    public async Task UseTlsAsync(TestAuthority authority, string host = "127.0.0.1")
    {
        using var folder = new TemporaryFolder("postgresql-tls");
        authority.Issue(folder.Combine("server.crt"), folder.Combine("server.key"), host);
        var certificate = await _host.TakeAsync(folder.Combine("server.crt"));
        var key = await _host.TakeAsync(folder.Combine("server.key"));
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        foreach (var setting in new[] { $"ssl_cert_file = '{certificate}'", $"ssl_key_file = '{key}'", "ssl = on" })
        {
            await using var command = new NpgsqlCommand($"alter system set {setting}", connection);
            await command.ExecuteNonQueryAsync();
        }

        await StopAsync();
        await StartAsync();
    }

    /// <summary>Starts the server on its old data and port; returns when it answers.</summary>
    public async Task StartAsync()
    {
        await _host.StartAsync();
        var deadline = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_host.Ended is { } reason)
                throw new InvalidOperationException($"PostgreSQL did not start:\n{reason}");
            if (deadline.Elapsed > _patience)
                throw new InvalidOperationException($"PostgreSQL does not answer within {_patience}.");
            await Task.Delay(20);
        }
    }

    /// <summary>Stops it as an operator does: connections are ended, the data is written.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>Ends it without warning (SIGKILL).</summary>
    public Task KillAsync() => _host.KillAsync();

    /// <summary>Stops the server and removes its data.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Database = database,
            Username = "integration",
            Password = _password,
            Pooling = database != "postgres",
        }.ConnectionString;

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
