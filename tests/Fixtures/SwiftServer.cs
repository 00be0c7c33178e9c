using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Integration.Fixtures;

/// <summary>A real object store with an S3 API: OpenStack Swift on free loopback ports, over TLS with an authority of its own.</summary>
public sealed class SwiftServer : IAsyncLifetime
{
    // Ends what it has started when the pipe to its own standard input is closed: with us, however we end.
    private const string Supervise = """
        exec 3<&0
        "$0" "$@" </dev/null 3<&- &
        server=$!
        { cat <&3 >/dev/null; kill -KILL $server; } 2>/dev/null &
        exec 3<&-
        wait $server
        """;

    private readonly TemporaryFolder _folder = new("swift");
    private readonly SwiftConfiguration _configuration;
    private readonly List<Process> _processes = [];
    private readonly ConcurrentQueue<string> _output = [];
    private readonly int _port = FreePort.Next();

    /// <summary>Starts nothing yet.</summary>
    public SwiftServer() => _configuration = new SwiftConfiguration(_folder, _port);

    /// <summary>Of the S3 API.</summary>
    public Uri Uri => new($"https://127.0.0.1:{_port}");

    /// <summary>The same for who knows the name, see <c>INameResolver</c>; buckets are hosts below it.</summary>
    public Uri NamedUri => new($"https://{SwiftConfiguration.Domain}:{_port}");

    /// <summary>Its authority's certificate.</summary>
    public string AuthorityFile => _configuration.Authority;

    /// <summary>May do everything.</summary>
    public string AccessKey => "test:administrator";

    /// <summary>Of <see cref="AccessKey"/>.</summary>
    public string SecretKey => SwiftConfiguration.AdministratorSecret;

    /// <summary>May do nothing.</summary>
    public string GuestAccessKey => "test:guest";

    /// <summary>Of <see cref="GuestAccessKey"/>.</summary>
    public string GuestSecretKey => SwiftConfiguration.GuestSecret;

    /// <summary>A plain HTTP client that trusts it.</summary>
    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(AuthorityFile) },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        return new HttpClient(handler);
    }

    /// <summary>Starts it; returns when it answers.</summary>
    public async ValueTask InitializeAsync()
    {
        RequireInstallation();
        _configuration.Write();
        using (var rings = Start("/usr/bin/python3", "-c", _configuration.Rings))
        {
            await rings.WaitForExitAsync();
            if (rings.ExitCode != 0)
                throw new InvalidOperationException($"The rings of Swift could not be made:\n{Output}");
        }

        var user = Environment.UserName;
        Keep("memcached", "-l", "127.0.0.1", "-p", Number(_configuration.CachePort), "-U", "0", "-u", user);
        foreach (var server in _configuration.Servers.Append("proxy"))
            Keep($"swift-{server}-server", _configuration.FileOf(server), "-v");
        await ReadyAsync();
    }

    /// <summary>Stops all of it and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Dispose();
    }

    private string Output => string.Join('\n', _output);

    private async Task ReadyAsync()
    {
        using var client = CreateClient();
        client.Timeout = TimeSpan.FromSeconds(2);
        var started = Stopwatch.StartNew();
        while (!await AnswersAsync(client))
        {
            if (_processes.Exists(process => process.HasExited) || started.Elapsed > Eventually.Patience)
                throw new InvalidOperationException($"Swift did not start:\n{Output}");
            await Task.Delay(50);
        }
    }

    // Makes the account, so that the servers behind the proxy have answered, too.
    private async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var login = new HttpRequestMessage(HttpMethod.Get, new Uri(Uri, "auth/v1.0"));
            login.Headers.Add("X-Auth-User", AccessKey);
            login.Headers.Add("X-Auth-Key", SecretKey);
            using var ticket = await client.SendAsync(login);
            if (!ticket.IsSuccessStatusCode)
                return false;
            using var make = new HttpRequestMessage(HttpMethod.Put, new Uri(Uri, "v1/AUTH_test/ready"));
            make.Headers.Add("X-Auth-Token", ticket.Headers.GetValues("X-Auth-Token").First());
            using var made = await client.SendAsync(make);
            return made.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private void Keep(string program, params string[] arguments) =>
        _processes.Add(Start("sh", ["-c", Supervise, program, .. arguments]));

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void RequireInstallation()
    {
        foreach (var program in new[] { "swift-proxy-server", "swift-object-server", "memcached" })
        {
            if (!File.Exists($"/usr/bin/{program}"))
            {
                throw new InvalidOperationException(
                    $"{program} is not installed. Install it with 'apt-get install -y --no-install-recommends swift-proxy "
                        + "swift-account swift-container swift-object memcached', or run ./test.sh, which does."
                );
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
