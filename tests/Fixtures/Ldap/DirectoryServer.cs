using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Integration.Fixtures;

/// <summary>
/// A real directory (OpenLDAP) on free loopback ports, one for StartTLS and one for TLS from the first byte, with a few people
/// and three thousand more below <c>ou=many</c>: see seed.ldif and slapd.conf.
/// </summary>
public sealed class DirectoryServer : IAsyncLifetime
{
    private const string Program = "/usr/sbin/slapd";

    private readonly string _folder = Directory.CreateTempSubdirectory("directory-").FullName;
    private readonly TestAuthority _authority = new();
    private Process? _server;

    /// <summary>Its certificate is for this name.</summary>
    public const string Host = "localhost";

    /// <summary>How many entries there are below <c>ou=many</c>.</summary>
    public const int Many = 3_000;

    /// <summary>StartTLS, and nothing.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>TLS from the first byte.</summary>
    public int TlsPort { get; } = FreePort.Next();

    /// <summary>Of everybody who has one; made for the run.</summary>
    public string Password { get; } = Guid.NewGuid().ToString("N");

    /// <summary>PEM file with the authority that issued its certificate.</summary>
    public string Authority => _authority.PemFile;

    /// <summary>Fills its folder and starts it.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException(
                "OpenLDAP is not installed. Install it with 'apt-get install -y --no-install-recommends slapd ldap-utils', or run "
                    + "./test.sh, which does."
            );
        Directory.CreateDirectory(Path.Combine(_folder, "db"));
        File.Copy(Authority, Path.Combine(_folder, "authority.pem"));
        _authority.Issue(Path.Combine(_folder, "server.pem"), Path.Combine(_folder, "server.key"), Host);
        await WriteAsync("slapd.conf");
        await WriteAsync("seed.ldif");
        await File.AppendAllTextAsync(Path.Combine(_folder, "seed.ldif"), ManyEntries());
        await PostgreSqlBinaries.RunAsync(
            "/usr/sbin/slapadd",
            ["-q", "-f", Configuration, "-l", Path.Combine(_folder, "seed.ldif")]
        );
        await StartAsync();
    }

    /// <summary>Starts it on its old folder and ports; returns when it answers.</summary>
    public async Task StartAsync()
    {
        var addresses = $"ldap://127.0.0.1:{Port} ldaps://127.0.0.1:{TlsPort}";
        _server = Start(Program, "-f", Configuration, "-h", addresses, "-d", "0");
        var output = PostgreSqlBinaries.Collect(_server);
        var deadline = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_server.HasExited || deadline.Elapsed > Eventually.Patience)
                throw new InvalidOperationException($"slapd did not start:\n{output()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Ends it, connections included.</summary>
    public async Task StopAsync()
    {
        if (_server is not { HasExited: false })
            return;
        // One that hangs would not hear it.
        await SignalAsync("CONT");
        await SignalAsync("TERM");
        await Eventually.TrueAsync(() => _server.HasExited);
    }

    /// <summary>Lets it hang: it keeps its connections and says nothing more.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>What another client (ldapsearch) sees of an entry, as LDIF; empty when it is not there.</summary>
    public async Task<string> ReadAsync(string dn, params string[] attributes)
    {
        var (code, output) = await RunAsync(
            "ldapsearch",
            ["-LLL", "-o", "ldif_wrap=no", "-s", "base", "-b", dn, "(objectClass=*)", .. attributes]
        );
        return code switch
        {
            0 => output.Trim(),
            32 => "",
            _ => throw new InvalidOperationException($"ldapsearch ended with {code}: {output}"),
        };
    }

    /// <summary>Whether another client may log in with this password (ldapwhoami).</summary>
    public async Task<bool> TakesPasswordAsync(string dn, string password)
    {
        var (code, _) = await RunToolAsync("ldapwhoami", ["-H", Address, "-x", "-D", dn, "-w", password]);
        return code == 0;
    }

    /// <summary>Changes it by another client (ldapmodify), from LDIF.</summary>
    public async Task ChangeAsync(string ldif)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.ldif");
        await File.WriteAllTextAsync(file, ldif);
        var (code, output) = await RunAsync("ldapmodify", ["-f", file]);
        if (code != 0)
            throw new InvalidOperationException($"ldapmodify ended with {code}: {output}");
    }

    /// <summary>Stops the server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server?.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Configuration => Path.Combine(_folder, "slapd.conf");

    private string Address => $"ldap://127.0.0.1:{Port}";

    private static string ManyEntries()
    {
        var ldif = new StringBuilder();
        for (var i = 0; i < Many; i++)
        {
            var id = i.ToString("D4", CultureInfo.InvariantCulture);
            ldif.Append(
                CultureInfo.InvariantCulture,
                $"\ndn: uid=m{id},ou=many,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: m{id}\ncn: Member {id}\nsn: {id}\n"
            );
        }

        return ldif.ToString();
    }

    private async Task WriteAsync(string name)
    {
        var text = await File.ReadAllTextAsync(RepositoryFolder.File($"tests/Fixtures/Ldap/{name}"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, name),
            text.Replace("@FOLDER@", _folder, StringComparison.Ordinal)
                .Replace("@PASSWORD@", Password, StringComparison.Ordinal)
        );
    }

    private Task<(int Code, string Output)> RunAsync(string tool, string[] arguments) =>
        RunToolAsync(tool, ["-H", Address, "-x", "-D", "cn=admin,dc=example,dc=org", "-w", Password, .. arguments]);

    private async Task<(int Code, string Output)> RunToolAsync(string tool, string[] arguments)
    {
        using var process = Start(tool, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + await errors);
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", TlsPort);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private Task SignalAsync(string signal) =>
        PostgreSqlBinaries.RunAsync("kill", [$"-{signal}", _server!.Id.ToString(CultureInfo.InvariantCulture)]);

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
    }
}
