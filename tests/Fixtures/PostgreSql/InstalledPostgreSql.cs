using System.Diagnostics;
using System.Globalization;

namespace Integration.Fixtures;

/// <summary>The server of this machine's packages, with its data in a temporary folder.</summary>
internal sealed class InstalledPostgreSql(int port) : IPostgreSqlHost
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"postgresql-{Guid.NewGuid():N}");
    private readonly string _binaries = PostgreSqlBinaries.Find();
    private Process? _server;
    private Func<string>? _output;

    public string? Ended => _server is { HasExited: true } ? _output!() : null;

    private string Data => Path.Combine(_folder, "data");

    public async Task CreateAsync(string password)
    {
        await PostgreSqlBinaries.RunAsync("mkdir", ["-m", "700", _folder]);
        var passwordFile = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(passwordFile, password);
        await PostgreSqlBinaries.GiveAwayAsync(_folder);
        await PostgreSqlBinaries.RunAsOwnerAsync(
            Path.Combine(_binaries, "initdb"),
            ["-D", Data, "-U", "integration", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"],
            [$"--pwfile={passwordFile}", "--no-sync", "--no-instructions"]
        );
    }

    public Task StartAsync()
    {
        _server?.Dispose();
        _server = PostgreSqlBinaries.StartAsOwner(
            Path.Combine(_binaries, "postgres"),
            ["-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1"],
            ["-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "log_destination=stderr"]
        );
        _output = PostgreSqlBinaries.Collect(_server);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        if (_server is not { HasExited: false })
            return;
        await PostgreSqlBinaries.RunAsync("kill", ["-INT", _server.Id.ToString(CultureInfo.InvariantCulture)]);
        await EndedAsync(_server);
    }

    public async Task KillAsync()
    {
        if (_server is not { HasExited: false })
            return;
        _server.Kill();
        await EndedAsync(_server);
    }

    public async Task<string> TakeAsync(string file)
    {
        var path = Path.Combine(_folder, Path.GetFileName(file));
        File.Copy(file, path, overwrite: true);
        await PostgreSqlBinaries.RunAsync("chmod", ["600", path]);
        await PostgreSqlBinaries.GiveAwayAsync(path);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server?.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static async Task EndedAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        await process.WaitForExitAsync(deadline.Token);
    }
}
