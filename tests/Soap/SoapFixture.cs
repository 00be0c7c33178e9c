using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Soap.Call;
using Integration.Soap.Tests;
using Integration.Soap.Tests.Servers;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(SoapFixture))]

namespace Integration.Soap.Tests;

/// <summary>The service in its real pipeline beside three real SOAP servers; one of each for all tests.</summary>
public sealed class SoapFixture : IAsyncLifetime
{
    public const string Password = "correct-horse-battery";
    public const string Token = "canary-session-token";

    private readonly TemporaryFolder _folder = new("soap-service");

    public SoapServers Servers { get; } = new();

    public ServiceHarness Service { get; private set; } = null!;

    public string FilesFolder => _folder.Combine("files");

    public string[] Settings =>
        [
            "--Egress:AllowLoopback=true",
            "--Soap:RetryDelay=00:00:00.02",
            "--Secrets:session:Hosts=127.0.0.1",
            $"--Secrets:session:Value={Token}",
            "--Secrets:ada:Hosts=127.0.0.1",
            $"--Secrets:ada:Value={Password}",
            "--Secrets:elsewhere:Hosts=api.example.org",
            "--Secrets:elsewhere:Value=canary-for-elsewhere",
            "--Http:Authentications:ada:Type=basic",
            "--Http:Authentications:ada:UserName=ada",
            "--Http:Authentications:ada:Password={{secrets.ada}}",
            .. Of("orders-profile", Servers.OrdersFile, "Authentication=ada"),
            "--Files:Stores:folder:Kind=Folder",
            $"--Files:Stores:folder:Path={FilesFolder}",
            .. Of("orders", $"{Servers.Php}orders.wsdl", "Reads=GetStatus"),
            .. Of("orders-file", Servers.OrdersFile),
            .. Of("orders-idempotent", Servers.OrdersFile, "Idempotent=*"),
            .. Of("orders-secured", Servers.OrdersFile, "UserName=ada", $"Password={Password}"),
            .. Of(
                "orders-stamped",
                Servers.OrdersFile,
                "UserName=ada",
                $"Password={Password}",
                "Timestamp=true",
                "SecurityMustUnderstand=false"
            ),
            .. Of(
                "orders-signed",
                Servers.OrdersFile,
                [
                    "UserName=ada",
                    $"Password={Password}",
                    "PasswordType=Digest",
                    "Addressing=true",
                    "SecurityMustUnderstand=false",
                    "SignedParts=Body,Timestamp,Addressing,UserName",
                    .. Signing(Servers.Signer.CertificateFile, Servers.Signer.KeyFile),
                ]
            ),
            .. Of("stock", $"{Servers.Php}stock.wsdl"),
            .. Of("documents", $"{Servers.Spyne}?wsdl"),
            .. Of("documents-12", $"{Servers.Spyne}12?wsdl", $"Address={Servers.Spyne}12"),
            .. Of(
                "documents-signed",
                $"{Servers.SignedSpyne}?wsdl",
                [.. Signing(Servers.Signer.CertificateFile, Servers.Signer.KeyFile)]
            ),
            .. Of(
                "documents-forged",
                $"{Servers.SignedSpyne}?wsdl",
                [.. Signing(Servers.Signer.StrangerCertificateFile, Servers.Signer.StrangerKeyFile)]
            ),
            .. Of("documents-unsigned", $"{Servers.SignedSpyne}?wsdl"),
            .. Of(
                "shipping",
                $"{Servers.Node}shipping?wsdl",
                "UserName=ada",
                $"PasswordFile={_folder.Combine("password")}",
                "PasswordType=Digest"
            ),
            .. Of("shipping-text", Servers.ShippingFile, "UserName=ada", $"Password={Password}"),
            .. Of(
                "shipping-wrong",
                Servers.ShippingFile,
                "UserName=ada",
                "Password=canary-wrong-password",
                "PasswordType=Digest"
            ),
            .. Of("shipping-anonymous", Servers.ShippingFile, "Addressing=false"),
        ];

    public static IEnumerable<string> Of(string name, string wsdl, params string[] settings) =>
        settings.Prepend($"Wsdl={wsdl}").Select(setting => $"--Soap:Services:{name}:{setting}");

    private static string[] Signing(string certificate, string key) =>
        [$"SigningCertificateFile={certificate}", $"SigningKeyFile={key}"];

    public static void Configure(WebApplicationBuilder builder)
    {
        builder.AddSoap();
        builder.Services.AddSingleton(TimeProvider.System);
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(FilesFolder);
        await File.WriteAllTextAsync(_folder.Combine("password"), Password + "\n");
        await Servers.StartAsync();
        Service = await ServiceHarness.StartAsync(Configure, Settings);
    }

    public Task<TaskAnswer> CallAsync(object inputs) => Service.RunAsync("soap.call", inputs);

    /// <summary>Inputs as JSON.</summary>
    public Task<TaskAnswer> CallAsync(string json) => CallAsync((object)JsonNode.Parse(json)!);

    /// <summary>The result of a call that succeeds, as JSON.</summary>
    public async Task<string> ResultAsync(string json) =>
        (await CallAsync(json)).Outputs<CallOutput>().Result?.GetRawText() ?? "";

    /// <summary>The error of a call that fails.</summary>
    public async Task<ErrorInfo> ErrorAsync(string json)
    {
        var answer = await CallAsync(json);
        return answer.Errored.ShouldNotBeNull(JsonSerializer.Serialize(answer.Completed)).Error;
    }

    public async ValueTask DisposeAsync()
    {
        if (Service is not null)
            await Service.DisposeAsync();
        await Servers.DisposeAsync();
        _folder.Dispose();
    }
}
