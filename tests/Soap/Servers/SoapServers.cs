using System.Globalization;
using System.Text.Json;
using Integration.Fixtures;

namespace Integration.Soap.Tests.Servers;

/// <summary>Three SOAP servers that nobody here wrote: PHP's SoapServer, Python's spyne, and npm's soap.</summary>
public sealed class SoapServers : IAsyncDisposable
{
    private const string Source = "tests/Soap/Servers";

    private readonly TemporaryFolder _folder = new("soap");
    private readonly List<ServerProcess> _processes = [];

    /// <summary>Orders (document/literal) and stock (rpc/literal). Its files are on the web, too.</summary>
    public Uri Php { get; private set; } = null!;

    /// <summary>Documents: SOAP 1.1, and below <c>12</c> SOAP 1.2.</summary>
    public Uri Spyne { get; private set; } = null!;

    /// <summary>The same, for signed messages only.</summary>
    public Uri SignedSpyne { get; private set; } = null!;

    /// <summary>Shipping, for those who prove to be <c>ada</c>.</summary>
    public Uri Node { get; private set; } = null!;

    /// <summary>What signed messages must be signed with.</summary>
    public SigningFiles Signer { get; } = new();

    public string OrdersFile => _folder.Combine("php", "orders.wsdl");

    public string ShippingFile => _folder.Combine("node", "shipping.wsdl");

    /// <summary>The message that PHP got in a request with this name in the header <c>X-Keep</c>.</summary>
    public string Request(string name) => File.ReadAllText(_folder.Combine("php", $"{name}.xml"));

    /// <summary>The HTTP headers of that request, by lower-case name.</summary>
    public Dictionary<string, string> Headers(string name) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(_folder.Combine("php", $"{name}.json"))
        )!;

    public async Task StartAsync()
    {
        Signer.Write(_folder);
        await Task.WhenAll(StartPhpAsync(), StartNodeAsync(), StartSpyneAsync(), StartSignedSpyneAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _folder.Dispose();
        Signer.Dispose();
    }

    private async Task StartPhpAsync()
    {
        var port = FreePort.Next();
        Copy("php", port, "orders.wsdl", "orders.xsd", "stock.wsdl", "server.php");
        var folder = _folder.Combine("php");
        Php = await RunAsync(port, folder, "php", "-S", $"127.0.0.1:{Text(port)}", "-t", folder, "server.php");
    }

    private async Task StartNodeAsync()
    {
        var folder = RepositoryFolder.File($"{Source}/node");
        var port = FreePort.Next();
        Copy("node", port, "shipping.wsdl");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            await Npm.InstallAsync(folder);
        Node = await RunAsync(port, folder, "node", "server.js", Text(port), ShippingFile);
    }

    // Debian's own interpreter has the packages; another one on the path has not.
    private async Task StartSpyneAsync()
    {
        var port = FreePort.Next();
        Spyne = await RunAsync(
            port,
            _folder.Path,
            "/usr/bin/python3",
            RepositoryFolder.File($"{Source}/spyne/server.py"),
            Text(port)
        );
    }

    private async Task StartSignedSpyneAsync()
    {
        var port = FreePort.Next();
        SignedSpyne = await RunAsync(
            port,
            _folder.Path,
            "/usr/bin/python3",
            RepositoryFolder.File($"{Source}/spyne/server.py"),
            Text(port),
            Signer.CertificateFile
        );
    }

    private async Task<Uri> RunAsync(int port, string folder, params string[] command)
    {
        var process = await ServerProcess.StartAsync(port, folder, command);
        lock (_processes)
            _processes.Add(process);
        return process.Uri;
    }

    private void Copy(string server, int port, params string[] files)
    {
        Directory.CreateDirectory(_folder.Combine(server));
        foreach (var file in files)
        {
            var text = File.ReadAllText(RepositoryFolder.File($"{Source}/{server}/{file}"));
            File.WriteAllText(
                _folder.Combine(server, file),
                text.Replace("@ADDRESS@", $"http://127.0.0.1:{Text(port)}/", StringComparison.Ordinal)
            );
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
