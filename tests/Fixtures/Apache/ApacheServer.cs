using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Integration.Fixtures;

/// <summary>A real web server (Apache) on free loopback ports: authentication, client certificates, redirects. See apache.conf.</summary>
public sealed class ApacheServer : IAsyncLifetime
{
    private const string Program = "/usr/sbin/apache2";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"apache-{Guid.NewGuid():N}");
    private readonly int _http = FreePort.Next();
    private readonly int _https = FreePort.Next();
    private readonly int _mutual = FreePort.Next();
    private Process? _server;

    /// <summary>Without TLS.</summary>
    public Uri Uri => new($"http://127.0.0.1:{_http}/");

    /// <summary>With TLS.</summary>
    public Uri SecureUri => new($"https://127.0.0.1:{_https}/");

    /// <summary>With TLS and only for clients with a certificate of <see cref="Authority"/>.</summary>
    public Uri MutualUri => new($"https://127.0.0.1:{_mutual}/");

    /// <summary>Who may read <c>/basic</c> and <c>/digest</c>.</summary>
    public string User => "ada";

    /// <summary>Of <see cref="User"/>; with letters that encodings disagree about.</summary>
    public string Password { get; } = $"pässwörd {Guid.NewGuid():N}";

    /// <summary>Issued the server's certificate, and issues those of clients.</summary>
    public TestAuthority Authority { get; } = new();

    /// <summary>A line for each request: user, request, status.</summary>
    public IReadOnlyList<string> Requests =>
        File.Exists(Combine("access.log")) ? File.ReadAllLines(Combine("access.log")) : [];

    /// <summary>Those that hold a text, once there are so many: a request is logged behind its answer.</summary>
    public async Task<IReadOnlyList<string>> RequestsAsync(string text, int least)
    {
        IReadOnlyList<string> found = [];
        await Eventually.TrueAsync(() =>
        {
            found = [.. Requests.Where(line => line.Contains(text, StringComparison.Ordinal))];
            return found.Count >= least;
        });
        return found;
    }

    /// <summary>Starts it; returns when it answers.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException(
                "Apache is not installed. Install it with 'apt-get install -y --no-install-recommends apache2', or run "
                    + "./test.sh, which does."
            );
        Directory.CreateDirectory(Combine("www"));
        foreach (var name in new[] { "open", "basic", "digest", "digest-brief" })
            await File.WriteAllTextAsync(Combine("www", name), $"This is {name}.");
        await File.WriteAllTextAsync(Combine("users"), $"{User}:{{SHA}}{Sha1(Password)}\n");
        await File.WriteAllTextAsync(Combine("digests"), $"{User}:digest:{Md5($"{User}:digest:{Password}")}\n");
        File.Copy(Authority.PemFile, Combine("clients.pem"));
        Authority.Issue(Combine("server.pem"), Combine("server.key"));
        await File.WriteAllTextAsync(Combine("apache.conf"), await ConfigurationAsync());
        await StartAsync();
    }

    /// <summary>Stops it and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            await PostgreSqlBinaries.RunAsync("kill", ["-TERM", Number(_server.Id)]);
            await Eventually.TrueAsync(() => _server.HasExited);
        }

        _server?.Dispose();
        Authority.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program, ["-f", Combine("apache.conf"), "-DFOREGROUND"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _server = Process.Start(start) ?? throw new InvalidOperationException($"{Program} cannot be started.");
        var output = PostgreSqlBinaries.Collect(_server);
        var deadline = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_server.HasExited || deadline.Elapsed > Eventually.Patience)
                throw new InvalidOperationException($"Apache did not start:\n{output()}\n{ErrorLog}");
            await Task.Delay(20);
        }
    }

    private string ErrorLog => File.Exists(Combine("error.log")) ? File.ReadAllText(Combine("error.log")) : "";

    private async Task<string> ConfigurationAsync()
    {
        var text = new StringBuilder(
            await File.ReadAllTextAsync(RepositoryFolder.File("tests/Fixtures/Apache/apache.conf"))
        );
        return text.Replace("@FOLDER@", _folder)
            .Replace("@MODULES@", "/usr/lib/apache2/modules")
            .Replace("@USER@", Environment.IsPrivilegedProcess ? "www-data" : Environment.UserName)
            .Replace("@HTTP@", Number(_http))
            .Replace("@HTTPS@", Number(_https))
            .Replace("@MUTUAL@", Number(_mutual))
            .ToString();
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", _mutual);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Combine(params string[] parts) => Path.Combine([_folder, .. parts]);

    [SuppressMessage("Security", "CA5350", Justification = "A form in which Apache keeps passwords; of tests only.")]
    private static string Sha1(string text) => Convert.ToBase64String(SHA1.HashData(Encoding.UTF8.GetBytes(text)));

    [SuppressMessage("Security", "CA5351", Justification = "What digest authentication is made of.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
