using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Xunit;

namespace Integration.Fixtures;

/// <summary>
/// A real mail server (Exim) on free loopback ports, one for STARTTLS and one for implicit TLS. It keeps all mail in
/// folders (Maildir), and refuses, defers or hangs up for some recipients: see exim.conf.
/// </summary>
public sealed class MailServer : IAsyncLifetime
{
    /// <summary>Who the mail belongs to.</summary>
    internal const string Owner = "Debian-exim";

    private const string Program = "/usr/sbin/exim4";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"mail-{Guid.NewGuid():N}");
    private readonly TestAuthority _authority = new();
    private Process? _server;

    /// <summary>Its certificate is for this name.</summary>
    public const string Host = "localhost";

    /// <summary>STARTTLS.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>TLS from the first byte.</summary>
    public int TlsPort { get; } = FreePort.Next();

    /// <summary>Who may send.</summary>
    public string User => "integration";

    /// <summary>Made for the run.</summary>
    public string Password { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Largest mail that it takes, as Exim writes it. The default value is 20 MiB.</summary>
    public string SizeLimit { get; init; } = "20M";

    /// <summary>A folder for each local part (Maildir).</summary>
    public string Boxes => Path.Combine(_folder, "boxes");

    /// <summary>PEM file with the authority that issued its certificate.</summary>
    public string Authority => _authority.PemFile;

    /// <summary>Makes its folders and starts it.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException(
                "Exim is not installed. Install it with 'apt-get install -y --no-install-recommends exim4-daemon-light', or run "
                    + "./test.sh, which does."
            );
        foreach (var name in new[] { "spool", "log", "boxes" })
            Directory.CreateDirectory(Path.Combine(_folder, name));
        _authority.Issue(Path.Combine(_folder, "server.pem"), Path.Combine(_folder, "server.key"), Host);
        await File.WriteAllTextAsync(Path.Combine(_folder, "everybody"), "*: everybody\n");
        await RunAsync("chown", "-R", $"{Owner}:{Owner}", _folder);
        await WriteConfigurationAsync();
        await StartAsync();
    }

    /// <summary>Starts it on its old folders and ports; returns when it answers.</summary>
    public async Task StartAsync()
    {
        // setsid becomes the program instead of starting it, so that the pid we hold is the server's.
        _server = Start("setsid", Program, "-C", Configuration, "-bdf", "-q10s");
        var output = PostgreSqlBinaries.Collect(_server);
        var deadline = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_server.HasExited || deadline.Elapsed > Eventually.Patience)
                throw new InvalidOperationException($"Exim did not start:\n{output()}\n{MainLog}");
            await Task.Delay(20);
        }
    }

    /// <summary>Ends it, connections included.</summary>
    public async Task StopAsync()
    {
        if (_server is not { HasExited: false })
            return;
        // The group: each connection has a process of its own.
        await RunAsync("kill", "-TERM", "--", $"-{_server.Id.ToString(CultureInfo.InvariantCulture)}");
        await Eventually.TrueAsync(() => _server.HasExited && !GroupRuns(_server.Id));
    }

    // A session's process can outlive the server's by a moment, and go on answering.
    private static bool GroupRuns(int group) =>
        Directory.EnumerateDirectories("/proc").Any(process => RunsInGroup(process, group));

    private static bool RunsInGroup(string process, int group)
    {
        try
        {
            // NUMBER (NAME) STATE PARENT GROUP: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
            var stat = File.ReadAllText(Path.Combine(process, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is not ("Z" or "X") && fields[2] == group.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not a process, or it has just ended.
            return false;
        }
    }

    /// <summary>All mail that a local part has received, as it lies in its folder.</summary>
    public async Task<IReadOnlyList<byte[]>> MailsAsync(string localPart)
    {
        // What somebody has seen over IMAP moves on.
        var files = new[] { "new", "cur" }
            .Select(folder => Path.Combine(Boxes, localPart, folder))
            .Where(Directory.Exists)
            .SelectMany(Directory.GetFiles);
        return await Task.WhenAll(files.Order(StringComparer.Ordinal).Select(file => File.ReadAllBytesAsync(file)));
    }

    /// <summary>The only mail that a local part receives, once it is there.</summary>
    public async Task<byte[]> MailAsync(string localPart)
    {
        try
        {
            await Eventually.TrueAsync(async () => (await MailsAsync(localPart)).Count == 1);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{MainLog}", e);
        }

        return (await MailsAsync(localPart))[0];
    }

    /// <summary>What it has logged about mail.</summary>
    public string MainLog
    {
        get
        {
            var file = Path.Combine(_folder, "log", "mainlog");
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
    }

    /// <summary>Stops the server and removes its folders.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server?.Dispose();
        _authority.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string Configuration => Path.Combine(_folder, "exim.conf");

    // Exim takes its configuration from nobody but root.
    private async Task WriteConfigurationAsync()
    {
        var text = await File.ReadAllTextAsync(RepositoryFolder.File("tests/Fixtures/Mail/exim.conf"));
        await File.WriteAllTextAsync(
            Configuration,
            text.Replace("@FOLDER@", _folder, StringComparison.Ordinal)
                .Replace("@SMTP@", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("@SMTPS@", TlsPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("@SIZE@", SizeLimit, StringComparison.Ordinal)
                .Replace("@USER@", User, StringComparison.Ordinal)
                .Replace("@PASSWORD@", Password, StringComparison.Ordinal)
        );
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", Port);
            return await client.GetStream().ReadAsync(new byte[1].AsMemory()) == 1;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
    }

    private static Task RunAsync(string program, params string[] arguments) =>
        PostgreSqlBinaries.RunAsync(program, arguments);
}
