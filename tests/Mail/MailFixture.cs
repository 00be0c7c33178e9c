using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Files;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Mail.Tests;

/// <summary>The service in its real pipeline, and a real mail server that it sends to.</summary>
public sealed class MailFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _files = new();

    public MailServer Server { get; } = new();

    public ServiceHarness Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        Service = await WithAsync();
    }

    /// <summary>A further service with the same accounts, and settings of its own.</summary>
    public Task<ServiceHarness> WithAsync(params string[] settings) => StartAsync(Server, _files.Path, settings);

    /// <summary>A service with accounts on a server.</summary>
    public static Task<ServiceHarness> StartAsync(MailServer server, string files, params string[] settings) =>
        ServiceHarness.StartAsync(
            Configure,
            [
                "--Egress:AllowLoopback=true",
                $"--Egress:TrustedAuthorities={server.Authority}",
                .. files.Length == 0
                    ? Array.Empty<string>()
                    : ["--Files:Stores:documents:Kind=Folder", $"--Files:Stores:documents:Path={files}"],
                .. Account("default", ("Port", $"{server.Port}"), ("User", server.User), ("Password", server.Password)),
                .. Account(
                    "implicit",
                    ("Port", $"{server.TlsPort}"),
                    ("Security", "ImplicitTls"),
                    ("Authentication", "Login"),
                    ("User", server.User),
                    ("Password", server.Password)
                ),
                .. Account("wrong-password", ("Port", $"{server.Port}"), ("User", server.User), ("Password", "wrong")),
                .. Account("no-password", ("Port", $"{server.Port}")),
                .. Account("misnamed", ("Host", "127.0.0.1"), ("Port", $"{server.Port}")),
                .. settings,
            ]
        );

    public Task<TaskAnswer> SendAsync(object inputs) => Service.RunAsync("mail.send", inputs);

    public Task<TaskAnswer> SendAsync(string json) => SendAsync((object)JsonNode.Parse(json)!);

    /// <summary>Puts a content into the store <c>documents</c>.</summary>
    public Task<FileReference> SaveAsync(byte[] content, string? name, string? contentType) =>
        Service
            .Services.GetRequiredService<IFileStores>()
            .SaveAsync("documents", new MemoryStream(content), name, contentType, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (Service is not null)
            await Service.DisposeAsync();
        await Server.DisposeAsync();
        _files.Dispose();
    }

    /// <summary>The service on the clock of the system: its servers are real, and so are timeouts.</summary>
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.AddMail();
        builder.Services.AddSingleton(TimeProvider.System);
    }

    public static string[] Account(string name, params (string Name, string Value)[] settings) =>
        [
            $"--Mail:Accounts:{name}:Host={MailServer.Host}",
            $"--Mail:Accounts:{name}:From=shop@example.org,*@example.com",
            .. settings.Select(setting => $"--Mail:Accounts:{name}:{setting.Name}={setting.Value}"),
        ];
}
