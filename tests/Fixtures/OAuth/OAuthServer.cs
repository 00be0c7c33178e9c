using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Integration.Fixtures;

/// <summary>
/// A real OAuth 2 server (oidc-provider on Node) on a free loopback port, and a target beside it that takes its tokens: see
/// server.js. It replaces refresh tokens, and withdraws everything when one is used twice.
/// </summary>
public sealed class OAuthServer : IAsyncLifetime
{
    private static readonly string _folder = RepositoryFolder.File("tests/Fixtures/OAuth");

    private Process? _server;
    private string[] _refreshTokens = [];

    /// <summary>Where tokens are given out.</summary>
    public Uri TokenUri { get; private set; } = null!;

    /// <summary>Tells who calls, or answers 401.</summary>
    public Uri OrdersUri { get; private set; } = null!;

    /// <summary>A client that proves itself in the header; its id has a space.</summary>
    public string ClientByHeader => "by basic";

    /// <summary>A client that proves itself in the form.</summary>
    public string ClientByBody => "by-body";

    /// <summary>Of both.</summary>
    public string ClientSecret { get; } = $"s3cret:+/ {Guid.NewGuid():N}";

    /// <summary>Of <see cref="ClientByHeader"/>, good once.</summary>
    public string RefreshToken => _refreshTokens[0];

    /// <summary>Installs it when that was not done yet, and starts it.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(Path.Combine(_folder, "node_modules")))
            await InstallAsync();
        _server = Start("node", "server.js", ClientSecret);
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginErrorReadLine();
        var line = await ReadyAsync().WaitAsync(Eventually.Patience);
        using var ready = JsonDocument.Parse(line);
        var address = new Uri(ready.RootElement.GetProperty("address").GetString()!);
        TokenUri = new Uri(address, "token");
        OrdersUri = new Uri(address, "orders");
        _refreshTokens =
        [
            .. ready.RootElement.GetProperty("refreshTokens").EnumerateArray().Select(token => token.GetString()!),
        ];
    }

    /// <summary>Ends it with its standard input.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        _server.StandardInput.Close();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    private async Task<string> ReadyAsync()
    {
        while (await _server!.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{'))
                return line;
        }

        throw new InvalidOperationException("The OAuth 2 server did not start. Run 'node server.js x' in its folder.");
    }

    private static async Task InstallAsync()
    {
        using var npm = Start("npm", "ci", "--no-audit", "--no-fund");
        var output = PostgreSqlBinaries.Collect(npm);
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci failed in {_folder}:\n{output()}");
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _folder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        ) ?? throw new InvalidOperationException($"{program} cannot be started.");
}
