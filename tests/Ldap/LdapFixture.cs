using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Files;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Ldap.Tests;

/// <summary>The service in its real pipeline, and a real directory that it works on.</summary>
public sealed class LdapFixture : IAsyncLifetime
{
    public const string People = "ou=people,dc=example,dc=org";
    public const string Ada = $"uid=ada,{People}";

    private readonly TemporaryFolder _files = new();

    public DirectoryServer Directory { get; } = new();

    public ServiceHarness Service { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Directory.InitializeAsync();
        Service = await WithAsync();
    }

    /// <summary>A further service with the same servers, and settings of its own.</summary>
    public Task<ServiceHarness> WithAsync(params string[] settings) =>
        ServiceHarness.StartAsync(Configure, [.. Settings, .. settings]);

    public string[] Settings =>
        [
            "--Egress:AllowLoopback=true",
            $"--Egress:TrustedAuthorities={Directory.Authority}",
            "--Files:Stores:documents:Kind=Folder",
            $"--Files:Stores:documents:Path={_files.Path}",
            "--Secrets:ADA_PASSWORD:Hosts=localhost",
            $"--Secrets:ADA_PASSWORD:Value={Directory.Password}",
            "--Secrets:WRONG_PASSWORD:Hosts=localhost",
            "--Secrets:WRONG_PASSWORD:Value=canary-wrong-password",
            "--Secrets:ELSEWHERE:Hosts=ldap.example.org",
            "--Secrets:ELSEWHERE:Value=canary-elsewhere",
            .. Server("default", Tls, ("BaseDn", "dc=example,dc=org")),
            .. Server("starttls", Plain),
            .. Server("reader", Tls, ("BindDn", "cn=reader,dc=example,dc=org")),
            .. Server("limited", Tls, ("BindDn", "cn=limited,dc=example,dc=org")),
            .. Server("wrong-password", Tls, ("BindPassword", "canary-wrong-password")),
            .. Server("people", Tls, ("BaseDn", People)),
            .. Server("read-only", Tls, ("ReadOnly", "true")),
            .. Server("passwords", Plain, ("PasswordsInTasks", "true"), ("BaseDn", "dc=example,dc=org")),
            .. Server("misnamed", $"ldaps://127.0.0.1:{Directory.TlsPort}"),
            .. Server("not-tls", $"ldaps://localhost:{Directory.Port}"),
            .. Server("starttls-in-tls", $"ldap://localhost:{Directory.TlsPort}"),
            $"--Ldap:Servers:plain:Uri={Plain}",
            "--Ldap:Servers:plain:StartTls=Off",
        ];

    public string Tls => $"ldaps://localhost:{Directory.TlsPort}";

    public string Plain => $"ldap://localhost:{Directory.Port}";

    public string[] Server(string name, string uri, params (string Name, string Value)[] settings) =>
        [
            $"--Ldap:Servers:{name}:Uri={uri}",
            $"--Ldap:Servers:{name}:BindDn=cn=integration,dc=example,dc=org",
            $"--Ldap:Servers:{name}:BindPassword={Directory.Password}",
            .. settings.Select(setting => $"--Ldap:Servers:{name}:{setting.Name}={setting.Value}"),
        ];

    public Task<TaskAnswer> CallAsync(string verb, object inputs) => Service.RunAsync($"ldap.{verb}", inputs);

    /// <summary>Inputs as JSON.</summary>
    public Task<TaskAnswer> CallAsync(string verb, string json) => CallAsync(verb, (object)JsonNode.Parse(json)!);

    /// <summary>Creates a person of its own for a test.</summary>
    public async Task<string> PersonAsync(string uid, string more = "")
    {
        var dn = $"uid={uid},{People}";
        await Directory.ChangeAsync(
            $"dn: {dn}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: {uid}\n{more}\n"
        );
        return dn;
    }

    /// <summary>Puts a content into the store <c>documents</c>.</summary>
    public Task<FileReference> SaveAsync(byte[] content) =>
        Service
            .Services.GetRequiredService<IFileStores>()
            .SaveAsync("documents", new MemoryStream(content), "photo.jpg", "image/jpeg", CancellationToken.None);

    public Task<Stream> OpenAsync(FileReference file) =>
        Service.Services.GetRequiredService<IFileStores>().OpenReadAsync(file, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (Service is not null)
            await Service.DisposeAsync();
        await Directory.DisposeAsync();
        _files.Dispose();
    }

    /// <summary>The service on the clock of the system: its servers are real, and so are timeouts.</summary>
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.AddLdap();
        builder.Services.AddSingleton(TimeProvider.System);
    }
}
