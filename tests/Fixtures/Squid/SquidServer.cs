using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Xunit;

namespace Integration.Fixtures;

/// <summary>
/// A real proxy (Squid) on a free loopback port that wants credentials. It finds every name that ends in <c>.test</c> on loopback,
/// and lets nobody call <c>forbidden.test</c>. See squid.conf.
/// </summary>
public sealed class SquidServer : IAsyncLifetime
{
    private const string Program = "/usr/sbin/squid";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"squid-{Guid.NewGuid():N}");
    private readonly int _port = FreePort.Next();
    private Process? _server;

    /// <summary>E.g. <c>http://127.0.0.1:3128</c>.</summary>
    public string Address => $"http://127.0.0.1:{_port}";

    /// <summary>Host and port.</summary>
    public string Target => $"127.0.0.1:{_port}";

    /// <summary>Who may use it.</summary>
    public string User => "integration";

    /// <summary>File with the password of <see cref="User"/>, as an operator would have it.</summary>
    public string PasswordFile => Path.Combine(_folder, "password");

    /// <summary>In <see cref="PasswordFile"/>.</summary>
    public string Password { get; } = Guid.NewGuid().ToString("N");

    /// <summary>A line for each request: user, method, address, status.</summary>
    public IReadOnlyList<string> Requests =>
        File.Exists(Path.Combine(_folder, "access.log")) ? File.ReadAllLines(Path.Combine(_folder, "access.log")) : [];

    /// <summary>Starts it; returns when it answers.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException(
                "Squid is not installed. Install it with 'apt-get install -y --no-install-recommends squid apache2-utils', or run "
                    + "./test.sh, which does."
            );
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(PasswordFile, $"{Password}\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "hosts"), "127.0.0.1 target.test forbidden.test\n");
        var text = await File.ReadAllTextAsync(RepositoryFolder.File("tests/Fixtures/Squid/squid.conf"));
        var configuration = Path.Combine(_folder, "squid.conf");
        await File.WriteAllTextAsync(
            configuration,
            text.Replace("@FOLDER@", _folder, StringComparison.Ordinal)
                .Replace("@PORT@", _port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        );
        await PostgreSqlBinaries.RunAsync("htpasswd", ["-cbm", Path.Combine(_folder, "users"), User, Password]);
        if (Environment.IsPrivilegedProcess)
            await PostgreSqlBinaries.RunAsync("chown", ["-R", "proxy:proxy", _folder]);
        await StartAsync(configuration);
    }

    /// <summary>Stops it and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(string configuration)
    {
        var start = new ProcessStartInfo(Program, ["--foreground", "-N", "-f", configuration])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        _server = Process.Start(start) ?? throw new InvalidOperationException($"{Program} cannot be started.");
        var output = PostgreSqlBinaries.Collect(_server);
        var deadline = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_server.HasExited || deadline.Elapsed > Eventually.Patience)
                throw new InvalidOperationException($"Squid did not start:\n{output()}");
            await Task.Delay(20);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
