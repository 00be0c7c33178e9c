using System.Diagnostics;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Integration.Sql.Tests;

/// <summary>A canary as password: it must be nowhere, whatever fails.</summary>
public sealed class Secrets(SqlFixture sql) : IClassFixture<SqlFixture>
{
    private const string Canary = "canary-7f3a91c2";

    [Fact]
    public async Task A_password_can_come_from_a_file_and_change_while_the_service_runs()
    {
        await sql.ExecuteAsync("create role keeper login password 'first'");
        using var folder = new TemporaryFolder("secrets");
        var file = folder.Combine("password");
        await File.WriteAllTextAsync(file, "first\n");
        var connectionFile = folder.Combine("connection");
        await File.WriteAllTextAsync(connectionFile, Text("keeper") + "\n");
        await using var service = await sql.StartAsync([
            $"--Sql:Connections:kept:ConnectionStringFile={connectionFile}",
            $"--Sql:Connections:kept:PasswordFile={file}",
            "--Sql:Connections:kept:FreeSql=true",
        ]);
        await WhoAsync(service);

        await sql.ExecuteAsync("alter role keeper password 'second'");
        await sql.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'keeper'");
        await File.WriteAllTextAsync(file, "second");
        await WhoAsync(service);

        await sql.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'keeper'");
        File.Delete(file);
        var answer = await service.RunAsync("sql.query", new { connection = "kept", sql = "select 1" });
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "secret-unavailable"));
        error.Message.ShouldContain("Sql__Connections__kept__PasswordFile");
    }

    [Fact]
    public async Task No_failure_tells_a_password()
    {
        using var log = new LogLines();
        await sql.ExecuteAsync($"create role canary login password '{Canary}'");
        await using var relay = TcpRelay.Start(new NpgsqlConnectionStringBuilder(sql.PostgreSql).Port);
        await using var service = await sql.StartAsync(
            [
                .. Connection("wrong-user", Text("nobody"), Canary),
                .. Connection("wrong-database", Text("canary") + ";Database=nowhere", Canary),
                .. Connection("right", Text("canary"), Canary),
                .. Connection("away", Text("canary") + $";Port={FreePort.Next()}", Canary),
                .. Connection("no-host", Text("canary") + ";Host=no-such-host.invalid;SSL Mode=Disable", Canary),
                .. Connection("no-tls", Text("canary") + ";SSL Mode=VerifyFull", Canary),
                .. Connection("metadata", Text("canary") + ";Host=169.254.169.254", Canary),
                .. Connection("relay", Text("canary") + $";Port={relay.Port}", Canary),
                "--Sql:Connections:inline:ConnectionString=" + Text("nobody") + $";Password={Canary}",
                "--Sql:Connections:inline:FreeSql=true",
                "--Sql:Connections:right:StatementTimeout=00:00:00.1",
            ],
            log
        );
        await ExpectAsync("wrong-user", "select 1", ErrorCategory.Access, "unauthorised");
        await ExpectAsync("inline", "select 1", ErrorCategory.Access, "unauthorised");
        await ExpectAsync("wrong-database", "select 1", ErrorCategory.Data, "unknown-object");
        await ExpectAsync("away", "select 1", ErrorCategory.Connectivity, "connection-refused");
        await ExpectAsync("no-host", "select 1", ErrorCategory.Connectivity, "host-not-found");
        await ExpectAsync("no-tls", "select 1", ErrorCategory.Connectivity, "tls-failed");
        await ExpectAsync("metadata", "select 1", ErrorCategory.Access, "egress-refused");
        await ExpectAsync("right", "selec 1", ErrorCategory.Data, "syntax-error");
        await ExpectAsync("right", "select pg_sleep(5)", ErrorCategory.Connectivity, "timeout");
        await ExpectAsync("right", "select * from customers", ErrorCategory.Access, "forbidden");
        relay.CutBefore = "select 4711"u8.ToArray();
        await ExpectAsync("relay", "select 4711", ErrorCategory.Connectivity, "connection-lost");
        log.Text.ShouldContain("connection-lost");
        log.Text.ShouldNotContain(Canary);

        async Task ExpectAsync(string connection, string text, ErrorCategory category, string code)
        {
            var answer = await service.RunAsync("sql.query", new { connection, sql = text });
            var errored = answer.Errored.ShouldNotBeNull();
            (errored.Error.Category, errored.Error.Code).ShouldBe((category, code), errored.Error.Message);
            JsonSerializer.Serialize(errored).ShouldNotContain(Canary);
        }
    }

    [Fact]
    public async Task A_statement_is_one_span_without_its_text_and_values()
    {
        using var spans = new RecordedSpans();
        await using var service = await sql.StartAsync([RecordedSpans.Endpoint], spans.AddTo);
        using var trace = RecordedSpans.Trace();

        var answer = await service.RunAsync(
            "sql.query",
            new
            {
                connection = "free",
                sql = $"select '{Canary}' || @more as both",
                parameters = new { more = Canary },
            }
        );

        answer.Completed.ShouldNotBeNull(answer.Error).Outputs.ToString().ShouldContain(Canary);
        await Eventually.TrueAsync(() => spans.Of(trace).Any(span => span.Kind == ActivityKind.Consumer));
        spans.Of(trace).ShouldContain(span => span.Source.Name == "Npgsql");
        spans.Of(trace).ShouldAllBe(span => !RecordedSpans.TextOf(span).Contains(Canary));
    }

    [Theory]
    [InlineData("--Sql:Connections:x:ConnectionString=Host=a;Database=b;Passwort={0}")]
    [InlineData("--Sql:Connections:x:ConnectionString=Host=a;Password={0}")]
    [InlineData("--Sql:Connections:x:ConnectionString=Host=a;Database=b;Password={0};SSL Mode=Prefer")]
    [InlineData("--Sql:Connections:x:ConnectionString=\"{0}")]
    [InlineData("--Sql:Connections:x:Password={0}")]
    public async Task Nor_does_a_start_that_fails(string setting)
    {
        using var log = new LogLines();
        var error = await Should.ThrowAsync<OptionsValidationException>(() =>
            sql.StartAsync([setting.Replace("{0}", Canary, StringComparison.Ordinal)], log)
        );
        $"{error}{log.Text}".ShouldNotContain(Canary);
        error.Message.ShouldContain("Sql__Connections__x__ConnectionString");
    }

    private static string[] Connection(string name, string text, string password) =>
        [
            $"--Sql:Connections:{name}:ConnectionString={text}",
            $"--Sql:Connections:{name}:Password={password}",
            $"--Sql:Connections:{name}:FreeSql=true",
        ];

    private string Text(string user)
    {
        var settings = new NpgsqlConnectionStringBuilder(sql.PostgreSql) { Username = user };
        settings.Remove("Password");
        settings.Remove("Pooling");
        return settings.ConnectionString;
    }

    private static async Task WhoAsync(ServiceHarness service)
    {
        var answer = await service.RunAsync(
            "sql.query",
            new { connection = "kept", sql = "select current_user as who" }
        );
        answer
            .Completed.ShouldNotBeNull(answer.Error)
            .Outputs.GetProperty("rows")[0]
            .GetProperty("who")
            .GetString()
            .ShouldBe("keeper");
    }
}
