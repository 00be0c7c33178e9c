using System.Net;
using Integration.Egress;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Integration.Sql.Tests;

/// <summary>The driver connects to addresses that were checked, wherever the name points the next moment.</summary>
public sealed class Addresses(SqlFixture sql) : IClassFixture<SqlFixture>
{
    private static readonly IPAddress _deaf = IPAddress.Parse("127.0.0.9");

    [Fact]
    public async Task Of_several_addresses_the_one_that_answers_is_used()
    {
        await using var service = await StartAsync(
            TimeProvider.System,
            [IPAddress.IPv6Loopback, _deaf, IPAddress.Loopback]
        );
        for (var i = 0; i < 5; i++)
            await AskAsync(service);
    }

    [Fact]
    public async Task Addresses_that_are_not_allowed_are_left_out()
    {
        await using var service = await StartAsync(
            TimeProvider.System,
            [IPAddress.Parse("169.254.169.254"), IPAddress.Parse("10.0.0.1"), IPAddress.Loopback]
        );
        await AskAsync(service);
    }

    [Fact]
    public async Task A_server_that_moved_is_found_when_the_old_address_does_not_answer()
    {
        await using var service = await StartAsync(TimeProvider.System, [_deaf], [IPAddress.Loopback]);
        (await RefusedAsync(service)).ShouldBe("connection-refused");
        await AskAsync(service);
    }

    [Fact]
    public async Task A_name_that_points_elsewhere_later_is_checked_again()
    {
        var clock = new FakeTimeProvider();
        await using var service = await StartAsync(clock, [IPAddress.Loopback], [IPAddress.Parse("169.254.169.254")]);
        await AskAsync(service);
        clock.Advance(TimeSpan.FromSeconds(29));
        await AskAsync(service);
        clock.Advance(TimeSpan.FromSeconds(2));
        (await RefusedAsync(service)).ShouldBe("egress-refused");
    }

    private Task<ServiceHarness> StartAsync(TimeProvider time, params IPAddress[][] answers)
    {
        var settings = new NpgsqlConnectionStringBuilder(sql.PostgreSql) { Host = "db.example.test" };
        return ServiceHarness.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<INameResolver>(new Scripted(answers));
                builder.AddSql();
                builder.Services.AddSingleton(time);
            },
            [
                "--Egress:AllowLoopback=true",
                .. SqlFixture.Connection("default", settings.ConnectionString + ";SSL Mode=Disable"),
                "--Sql:Connections:default:FreeSql=true",
            ]
        );
    }

    private static async Task AskAsync(ServiceHarness service)
    {
        var answer = await service.RunAsync("sql.query", new { sql = "select 1 as n" });
        answer.Completed.ShouldNotBeNull(answer.Error);
    }

    private static async Task<string> RefusedAsync(ServiceHarness service) =>
        (await service.RunAsync("sql.query", new { sql = "select 1 as n" })).Errored.ShouldNotBeNull().Error.Code;

    /// <summary>The last answer stays.</summary>
    private sealed class Scripted(IPAddress[][] answers) : INameResolver
    {
        private int _asked;

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation)
        {
            var question = Interlocked.Increment(ref _asked) - 1;
            return Task.FromResult<IReadOnlyList<IPAddress>>(answers[Math.Min(question, answers.Length - 1)]);
        }
    }
}
