using Integration.Contracts;
using Integration.Egress;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Integration.Sql.Tests;

public sealed class Certificates : IAsyncLifetime
{
    private readonly PostgreSqlServer _server = new();
    private readonly TestAuthority _authority = new();
    private NpgsqlConnectionStringBuilder _settings = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _settings = new NpgsqlConnectionStringBuilder(await _server.CreateDatabaseAsync());
        _settings.Remove("Pooling");
        await _server.UseTlsAsync(_authority, "db.example.test");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task The_certificate_must_be_of_a_trusted_authority_and_for_the_name_that_was_asked_for()
    {
        // One test, as each needs the server.
        var trusted = $"--Egress:TrustedAuthorities={_authority.PemFile}";
        await SucceedsAsync("db.example.test", "", trusted);
        await SucceedsAsync("db.example.test", $";Root Certificate={_authority.PemFile}");

        (await RefusedAsync("db.example.test", "")).ShouldContain("no trusted authority has issued it");
        (await RefusedAsync("other.example.test", "", trusted)).ShouldContain("it is for another host");

        using var strange = new TestAuthority();
        (await RefusedAsync("db.example.test", $";Root Certificate={strange.PemFile}", trusted)).ShouldContain(
            "no trusted authority"
        );
    }

    private async Task SucceedsAsync(string host, string more, params string[] settings)
    {
        await using var service = await StartAsync(host, more, settings);
        var answer = await service.RunAsync(
            "sql.query",
            new { sql = "select ssl from pg_stat_ssl where pid = pg_backend_pid()" }
        );
        answer
            .Completed.ShouldNotBeNull(answer.Error)
            .Outputs.GetProperty("rows")[0]
            .GetProperty("ssl")
            .GetBoolean()
            .ShouldBeTrue();
    }

    private async Task<string> RefusedAsync(string host, string more, params string[] settings)
    {
        await using var service = await StartAsync(host, more, settings);
        var error = (await service.RunAsync("sql.query", new { sql = "select 1" })).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "certificate-refused"), error.Message);
        error.Target.ShouldBe($"{host}:{_settings.Port}");
        return error.Message;
    }

    private Task<ServiceHarness> StartAsync(string host, string more, string[] settings) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<INameResolver>(new Loopback());
                builder.AddSql();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            [
                "--Egress:AllowLoopback=true",
                $"--Sql:Connections:default:ConnectionString=Host={host};Port={_settings.Port};Database={_settings.Database};"
                    + $"Username={_settings.Username}{more}",
                $"--Sql:Connections:default:Password={_settings.Password}",
                "--Sql:Connections:default:FreeSql=true",
                .. settings,
            ]
        );

    private sealed class Loopback : INameResolver
    {
        public Task<IReadOnlyList<System.Net.IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<System.Net.IPAddress>>([System.Net.IPAddress.Loopback]);
    }
}
