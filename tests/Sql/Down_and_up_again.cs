using Integration.Fixtures;
using Integration.Testing;
using Npgsql;

namespace Integration.Sql.Tests;

/// <summary>A database that is away when the service first needs it.</summary>
public sealed class Down_and_up_again(SqlFixture sql) : IClassFixture<SqlFixture>
{
    [Fact]
    public async Task Tasks_wait_without_burning_their_attempts_and_go_on_when_it_is_back()
    {
        await using var relay = TcpRelay.Start(new NpgsqlConnectionStringBuilder(sql.PostgreSql).Port);
        relay.Refuse = true;
        var settings = new NpgsqlConnectionStringBuilder(sql.PostgreSql) { Port = relay.Port };
        await using var service = await sql.StartAsync([
            .. SqlFixture.Connection("relay", settings.ConnectionString),
            "--Sql:Connections:relay:FreeSql=true",
            "--Targets:JudgedAfter=2",
            "--Targets:Pause=00:00:03",
        ]);
        var inputs = new
        {
            connection = "relay",
            sql = "insert into customers (email, name) values (gen_random_uuid(), gen_random_uuid())",
        };
        for (var i = 0; i < 2; i++)
            (await service.RunAsync("sql.execute", inputs)).Errored.ShouldNotBeNull();

        var answers = new List<Task<TaskAnswer>>();
        for (var i = 0; i < 3; i++)
            await service.BeginAsync(ServiceHarness.Request("sql.execute", inputs), answers.Add);
        await Eventually.TrueAsync(() => Gauge.Read("integration.targets.waiting") >= 3);
        relay.Refuse = false;

        (await Task.WhenAll(answers)).ShouldAllBe(answer => answer.Completed != null);
        (await sql.ScalarAsync("select count(*) from customers")).ShouldBe("3");
    }
}
