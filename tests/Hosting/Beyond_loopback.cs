using System.Net;
using Integration.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Hosting.Tests;

/// <summary>A service that others can reach knows who calls, or does not start.</summary>
public sealed class Beyond_loopback
{
    private const string Everywhere = "http://[::]:8080";

    [Theory]
    [InlineData(Everywhere)]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://127.0.0.1:5100", "http://10.0.0.7:5100")]
    public async Task It_does_not_start_when_it_could_not_ask_who_calls(params string[] addresses)
    {
        using var folder = new TemporaryFolder("api");
        await using var app = Create(folder, addresses);
        await app.StartAsync();

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => ReadyAsync(app));

        refused.Message.ShouldContain($"It listens on {addresses[^1]}");
        refused.Message.ShouldContain("Api__Tokens__NAME__Hash");
        refused.Message.ShouldContain("Api__AllowAnonymous=true");
        await app.StopAsync();
    }

    [Fact]
    public async Task It_starts_with_a_token_of_the_settings()
    {
        using var folder = new TemporaryFolder("api");
        await using var app = Create(folder, [Everywhere], Api_tokens.Configured(out _));
        await app.StartAsync();
        await ReadyAsync(app);
        await app.StopAsync();
    }

    [Fact]
    public async Task It_starts_with_a_provider_of_JWT()
    {
        using var folder = new TemporaryFolder("api");
        await using var app = Create(
            folder,
            [Everywhere],
            "--Api:Jwt:Authority=https://login.example",
            "--Api:Jwt:Audience=core"
        );
        await app.StartAsync();
        await ReadyAsync(app);
        await app.StopAsync();
    }

    [Fact]
    public async Task It_starts_with_a_token_that_was_made_by_the_command()
    {
        using var folder = new TemporaryFolder("api");
        await using (var before = Create(folder, ["http://127.0.0.1:5100"]))
        {
            await before.StartAsync();
            await ReadyAsync(before);
            await before
                .Services.GetRequiredService<TokenStore>()
                .AddAsync("anna", new string('0', 64), ApiRole.Viewer, expires: null, CancellationToken.None);
            await before.StopAsync();
        }

        await using var app = Create(folder, [Everywhere]);
        await app.StartAsync();
        await ReadyAsync(app);
        await app.StopAsync();
    }

    [Fact]
    public async Task It_starts_and_lets_everybody_in_where_the_setting_says_so_by_its_name()
    {
        using var folder = new TemporaryFolder("api");
        await using var app = Create(folder, [Everywhere], "--Api:AllowAnonymous=true");
        await app.StartAsync();
        await ReadyAsync(app);

        (await IsOpenAsync(app, "10.0.0.7")).ShouldBeTrue();
        await app.StopAsync();
    }

    [Fact]
    public async Task A_service_with_health_routes_only_starts_and_describes_itself_to_nobody_outside()
    {
        using var folder = new TemporaryFolder("api");
        var builder = IntegrationHost.CreateBuilder(TestApi.Arguments(folder), new ServiceDescription("health-only"));
        builder.Services.AddSingleton<IServer>(new Nowhere([Everywhere]));
        await using var app = builder.BuildWithHealth();
        await app.StartAsync();
        await ReadyAsync(app);

        (await IsOpenAsync(app, "10.0.0.7")).ShouldBeFalse();
        (await IsOpenAsync(app, "::ffff:127.0.0.1")).ShouldBeTrue();
        await app.StopAsync();
    }

    [Theory]
    [InlineData("http://127.0.0.1:5100", true)]
    [InlineData("http://127.8.0.1:5100", true)]
    [InlineData("http://localhost:5100", true)]
    [InlineData("http://[::1]:5100", true)]
    [InlineData("http://unix:/tmp/service.sock", true)]
    [InlineData("http://0.0.0.0:5100", false)]
    [InlineData("http://[::]:5100", false)]
    [InlineData("http://+:5100", false)]
    [InlineData("http://*:5100", false)]
    [InlineData("http://10.0.0.7:5100", false)]
    [InlineData("http://localhost.example:5100", false)]
    public void Addresses_are_told_apart(string url, bool isLoopback) =>
        StartCheck.IsLoopback(url).ShouldBe(isLoopback);

    [Theory]
    [InlineData("--Api:Tokens:anna:Role=viewer", "Api__Tokens__anna__Hash is no SHA-256")]
    [InlineData("--Api:Tokens:anna:Hash=intk_0", "Api__Tokens__anna__Hash is a token itself")]
    [InlineData(
        "--Api:Tokens:anna:Role=boss",
        "Api__Tokens__anna__Role is 'boss'; use one of viewer, operator, administrator."
    )]
    [InlineData("--Api:Tokens:-a:Role=viewer", "'-a' cannot be the name of a token")]
    [InlineData("--Api:Jwt:Authority=http://login.example", "Api__Jwt__Authority is 'http://login.example'")]
    [InlineData("--Api:Jwt:Authority=login", "Api__Jwt__Authority is 'login'")]
    [InlineData("--Api:Jwt:Authority=https://login.example", "Api__Jwt__Audience is missing")]
    [InlineData("--Api:Jwt:Audience=core", "Api__Jwt__Authority is not")]
    public async Task A_wrong_setting_is_named_at_start(string setting, string message)
    {
        using var folder = new TemporaryFolder("api");
        await using var app = TestApi.Create([.. TestApi.Arguments(folder), setting]);

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        refused.Message.ShouldContain(message);
    }

    [Fact]
    public async Task Two_tokens_with_one_hash_are_refused()
    {
        using var folder = new TemporaryFolder("api");
        var hash = new string('a', 64);
        await using var app = TestApi.Create([
            .. TestApi.Arguments(folder),
            $"--Api:Tokens:anna:Hash={hash}",
            "--Api:Tokens:anna:Role=viewer",
            $"--Api:Tokens:bert:Hash={hash}",
            "--Api:Tokens:bert:Role=viewer",
        ]);

        (await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync())).Message.ShouldContain(
            "Api__Tokens__anna and Api__Tokens__bert have the same hash"
        );
    }

    private static WebApplication Create(TemporaryFolder folder, string[] addresses, params string[] settings) =>
        TestApi.Create(
            [.. TestApi.Arguments(folder), .. settings],
            builder => builder.Services.AddSingleton<IServer>(new Nowhere(addresses))
        );

    private static Task<bool> IsOpenAsync(WebApplication app, string address) =>
        app
            .Services.GetRequiredService<OpenDoor>()
            .IsOpenAsync(new DefaultHttpContext { Connection = { LocalIpAddress = IPAddress.Parse(address) } });

    private static Task ReadyAsync(WebApplication app) =>
        app.Services.GetRequiredService<Readiness>().WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Says that it listens, and does not: no test opens a port to others.</summary>
    private sealed class Nowhere : IServer
    {
        public Nowhere(string[] addresses)
        {
            var feature = new ServerAddressesFeature();
            foreach (var address in addresses)
                feature.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }
}
