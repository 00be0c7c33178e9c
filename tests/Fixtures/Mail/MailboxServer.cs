using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Integration.Fixtures;

/// <summary>
/// A second, independent mail server (Dovecot): it gives what Exim has received over IMAP, and takes mail with OAuth 2 tokens,
/// which it hands on to Exim. A token is good when an OAuth 2 server says so: it is asked for each login (RFC 7662).
/// </summary>
public sealed class MailboxServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/dovecot";

    private readonly MailServer _exim;
    private readonly TestAuthority _authority = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"boxes-{Guid.NewGuid():N}");
    private Process? _server;

    private MailboxServer(MailServer exim) => _exim = exim;

    /// <summary>IMAP over TLS.</summary>
    public int ImapsPort { get; } = FreePort.Next();

    /// <summary>SMTP with STARTTLS, XOAUTH2 offered.</summary>
    public int SubmissionPort { get; } = FreePort.Next();

    /// <summary>PEM file with the authority that issued its certificate, which is for localhost.</summary>
    public string Authority => _authority.PemFile;

    /// <summary>Starts it over the mailboxes of a running Exim.</summary>
    /// <param name="exim">The server.</param>
    /// <param name="introspection">Where it asks whether a token is good.</param>
    public static async Task<MailboxServer> StartAsync(MailServer exim, Uri? introspection = null)
    {
        if (!File.Exists(Program) || !File.Exists("/usr/lib/dovecot/submission"))
            throw new InvalidOperationException(
                "Dovecot is not installed. Install it with 'apt-get install -y --no-install-recommends dovecot-imapd "
                    + "dovecot-submissiond', or run ./test.sh, which does."
            );
        var server = new MailboxServer(exim);
        await server.WriteConfigurationAsync(introspection ?? new Uri("http://127.0.0.1:1/"));
        await server.StartAsync();
        return server;
    }

    /// <summary>All mail of a local part, byte by byte as IMAP gives it, one after the other.</summary>
    public async Task<byte[]> FetchAsync(string localPart)
    {
        const string Script = """
            import imaplib, ssl, sys
            port, authority, user, password = sys.argv[1:]
            context = ssl.create_default_context(cafile=authority)
            imap = imaplib.IMAP4_SSL("localhost", int(port), ssl_context=context)
            imap.login(user, password)
            imap.select(readonly=True)
            for number in imap.search(None, "ALL")[1][0].split():
                sys.stdout.buffer.write(imap.fetch(number, "(BODY.PEEK[])")[1][0][1])
            imap.logout()
            """;
        var start = new ProcessStartInfo(
            "python3",
            ["-c", Script, Number(ImapsPort), Authority, localPart, _exim.Password]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        var errors = python.StandardError.ReadToEndAsync();
        using var mail = new MemoryStream();
        await python.StandardOutput.BaseStream.CopyToAsync(mail);
        await python.WaitForExitAsync();
        return python.ExitCode == 0 ? mail.ToArray() : throw new InvalidOperationException($"{await errors}\n{Log}");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            await PostgreSqlBinaries.RunAsync("kill", ["-TERM", Number(_server.Id)]);
            await Eventually.TrueAsync(() => _server.HasExited);
        }

        _server?.Dispose();
        _authority.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string Log =>
        File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : "";

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program, ["-F", "-c", Path.Combine(_folder, "dovecot.conf")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _server = Process.Start(start)!;
        var output = PostgreSqlBinaries.Collect(_server);
        var deadline = Stopwatch.StartNew();
        while (!await ListensAsync(ImapsPort) || !await ListensAsync(SubmissionPort))
        {
            if (_server.HasExited || deadline.Elapsed > Eventually.Patience)
                throw new InvalidOperationException($"Dovecot did not start:\n{output()}\n{Log}");
            await Task.Delay(20);
        }
    }

    private async Task WriteConfigurationAsync(Uri introspection)
    {
        Directory.CreateDirectory(_folder);
        // Its processes give up their rights, and still have to get at their sockets.
        await PostgreSqlBinaries.RunAsync("chmod", ["755", _folder]);
        _authority.Issue(Path.Combine(_folder, "server.pem"), Path.Combine(_folder, "server.key"), MailServer.Host);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "oauth2.conf"),
            $"introspection_url = {introspection}\nintrospection_mode = post\nusername_attribute = username\n"
                + "active_attribute = active\nactive_value = true\n"
        );
        var text = await File.ReadAllTextAsync(RepositoryFolder.File("tests/Fixtures/Mail/dovecot.conf"));
        foreach (
            var (name, value) in new[]
            {
                ("FOLDER", _folder),
                ("INSTANCE", Path.GetFileName(_folder)),
                ("BOXES", _exim.Boxes),
                ("UID", await IdAsync("-u")),
                ("GID", await IdAsync("-g")),
                ("RELAY", Number(_exim.Port)),
                ("RELAYUSER", _exim.User),
                ("PASSWORD", _exim.Password),
                ("IMAPS", Number(ImapsPort)),
                ("SUBMISSION", Number(SubmissionPort)),
            }
        )
            text = text.Replace($"@{name}@", value, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "dovecot.conf"), text);
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<string> IdAsync(string what)
    {
        var start = new ProcessStartInfo("id", [what, MailServer.Owner])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var id = Process.Start(start)!;
        return (await id.StandardOutput.ReadToEndAsync()).Trim();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
