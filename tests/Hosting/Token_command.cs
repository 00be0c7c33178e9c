using System.Net;
using Integration.Fixtures;

namespace Integration.Hosting.Tests;

/// <summary>The command line behind <c>token</c>, and the command as a process beside the service that it is for.</summary>
public sealed class Token_command
{
    [Theory]
    [InlineData("new anna --role operator", "anna", ApiRole.Operator, 90 * 24)]
    [InlineData("new anna --role=viewer --expires=12h", "anna", ApiRole.Viewer, 12)]
    [InlineData("new --expires never --role administrator a.b-c_9", "a.b-c_9", ApiRole.Administrator, null)]
    public void A_new_token_has_a_name_a_role_and_an_end(string line, string name, ApiRole role, int? hours)
    {
        var (arguments, problem) = TokenArguments.Parse(line.Split(' '));

        problem.ShouldBeNull();
        arguments!.Name.ShouldBe(name);
        arguments.Role.ShouldBe(role);
        arguments.Lifetime.ShouldBe(hours is { } number ? TimeSpan.FromHours(number) : null);
    }

    [Theory]
    [InlineData("", "is not known")]
    [InlineData("make anna", "'make' is not known")]
    [InlineData("new", "takes one name")]
    [InlineData("new anna bert --role viewer", "takes one name")]
    [InlineData("new anna", "--role is missing or unknown; use one of viewer, operator, administrator")]
    [InlineData("new anna --role boss", "--role is missing or unknown")]
    [InlineData("new anna --role viewer --expires soon", "--expires is 'soon'")]
    [InlineData("new anna --role viewer --expires 0d", "--expires is '0d'")]
    [InlineData("new anna --role viewer --expires 99999d", "--expires is '99999d'")]
    [InlineData("new anna's --role viewer", "cannot be the name of a token")]
    [InlineData("list all", "takes no name")]
    [InlineData("revoke", "takes one name")]
    [InlineData("revoke anna --role viewer", "takes no --role")]
    public void What_is_wrong_is_said_with_the_way_out(string line, string expected)
    {
        var (arguments, problem) = TokenArguments.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        arguments.ShouldBeNull();
        problem!.ShouldContain(expected);
    }

    [Fact]
    public void Settings_of_the_service_may_stand_among_it()
    {
        var (arguments, _) = TokenArguments.Parse([
            "list",
            "--Storage:Provider=PostgreSql",
            "--Storage:ConnectionString",
            "Host=db",
        ]);

        arguments!.Settings.ShouldBe(["--Storage:Provider=PostgreSql", "--Storage:ConnectionString", "Host=db"]);
    }

    [Fact]
    public async Task A_token_is_shown_once_works_while_the_service_runs_and_is_over_when_it_is_revoked()
    {
        await using var api = await TestApi.StartAsync();
        var database = api.Database;

        var (code, made) = await RunAsync("token", "new", "anna", "--role", "operator", database);
        code.ShouldBe(0, made);
        var token = made.Split('\n').Single(line => line.StartsWith(ApiTokenText.Prefix, StringComparison.Ordinal));
        (await api.GetAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var (_, again) = await RunAsync("token", "new", "anna", "--role", "operator", database);
        again.ShouldContain("There is a token 'anna' already");

        var (_, listed) = await RunAsync("token", "list", database);
        listed.ShouldContain("anna  operator  valid");
        listed.ShouldNotContain(token);

        (await RunAsync("token", "revoke", "anna", database)).Code.ShouldBe(0);
        (await api.GetAsync(token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await RunAsync("token", "revoke", "anna", database)).Code.ShouldBe(1);
        (await RunAsync("token", "list", database)).Output.ShouldContain("anna  operator  revoked");
    }

    [Fact]
    public async Task A_wrong_command_line_ends_with_2()
    {
        var (code, output) = await RunAsync("token", "new", "anna");

        code.ShouldBe(2);
        output.ShouldContain("--role is missing");
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var command = ServiceProcess.Launch(
            "ErrorTreatment",
            new Dictionary<string, string>(),
            port: null,
            arguments
        );
        var code = await command.Ended.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
        return (code, command.Log.ReplaceLineEndings("\n"));
    }
}
