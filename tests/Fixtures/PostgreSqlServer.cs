using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit;

namespace Integration.Fixtures;

/// <summary>A real PostgreSQL server on a free loopback port, with its data in a temporary folder.</summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"postgresql-{Guid.NewGuid():N}");
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly int _port = FreePort.Next();
    private readonly string _binaries = PostgreSqlBinaries.Find();
    private Process? _server;
    private int _databases;

    /// <summary>Makes the data folder and starts the server.</summary>
    public async ValueTask InitializeAsync()
    {
        await PostgreSqlBinaries.RunAsync("mkdir", ["-m", "700", _folder]);
        var passwordFile = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(passwordFile, _password);
        await PostgreSqlBinaries.GiveAwayAsync(_folder);
        await PostgreSqlBinaries.RunAsOwnerAsync(
            Path.Combine(_binaries, "initdb"),
            ["-D", Data, "-U", "integration", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"],
            [$"--pwfile={passwordFile}", "--no-sync", "--no-instructions"]
        );
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
        var (certificate, key) = (Path.Combine(_folder, "server.crt"), Path.Combine(_folder, "server.key"));
        authority.Issue(certificate, key, host);
        await PostgreSqlBinaries.RunAsync("chmod", ["600", key]);
        await PostgreSqlBinaries.GiveAwayAsync(key);
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
        _server = PostgreSqlBinaries.StartAsOwner(
            Path.Combine(_binaries, "postgres"),
            ["-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1"],
            ["-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "log_destination=stderr"]
        );
        var output = PostgreSqlBinaries.Collect(_server);
        var deadline = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_server.HasExited || deadline.Elapsed > Eventually.Patience)
                throw new InvalidOperationException($"PostgreSQL did not start:\n{output()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Stops it as an operator does: connections are ended, the data is written.</summary>
    public async Task StopAsync()
    {
        if (_server is not { HasExited: false })
            return;
        await PostgreSqlBinaries.RunAsync("kill", ["-INT", _server.Id.ToString(CultureInfo.InvariantCulture)]);
        await EndedAsync(_server);
    }

    /// <summary>Ends it without warning (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_server is not { HasExited: false })
            return;
        _server.Kill();
        await EndedAsync(_server);
    }

    /// <summary>Stops the server and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server?.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

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

    private static async Task EndedAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        await process.WaitForExitAsync(deadline.Token);
    }
}
