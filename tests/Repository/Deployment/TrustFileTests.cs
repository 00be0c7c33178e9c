using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>The list of users, and what is made of it.</summary>
public sealed partial class TrustFileTests
{
    [Fact]
    public async Task Users_for_a_persons_tools_are_made_only_when_they_have_a_password()
    {
        var passwords = Programs.Passwords();
        passwords["RABBITMQ_WATCHER_PASSWORD"] = passwords["RABBITMQ_SENDER_PASSWORD"] = "";

        var definitions = await Programs.RunAsync(passwords, "bash", "deploy/rabbitmq/definitions.sh");

        definitions.ShouldContain("\"rest\"");
        definitions.ShouldNotContain("watcher");
        definitions.ShouldNotContain("sender");
        definitions.ShouldNotContain("guest");
    }

    [Theory]
    [InlineData("crm service crm.", "\"operations\": [\"crm.\"]", "(announce|heartbeat)[.]crm$")]
    [InlineData("shop engine asks=rest.,s3.", "\"asks\": [\"rest.\", \"s3.\"]", "^(rest[.]|s3[.])")]
    [InlineData("crm service crm. asks=mail.", "\"engines\": [\"crm\"]", "cancel[.](mail[.])")]
    public async Task A_line_for_somebody_from_outside_can_be_shown(string line, string trust, string permission)
    {
        var shown = await Programs.RunAsync(
            new Dictionary<string, string>(),
            "bash",
            "deploy/rabbitmq/definitions.sh",
            "--show",
            line
        );

        shown.ShouldContain(trust);
        shown.ShouldContain(permission);
    }

    [Theory]
    [InlineData("tasks service rest.", "is an exchange")]
    [InlineData("a.b service x.", "is no name")]
    [InlineData("x service", "needs the prefix")]
    [InlineData("x service rest", "ends with a dot")]
    [InlineData("x service asks=* rest.", "no prefix")]
    [InlineData("x service .*", "ends with a dot")]
    [InlineData("x robot", "no kind of user")]
    [InlineData("x engine asks=rest", "no prefix")]
    [InlineData("other treatment", "error-treatment")]
    public async Task A_line_that_means_nothing_is_refused_with_the_reason(string line, string reason)
    {
        var (exitCode, output) = (
            await Programs.TryRunAsync(
                new Dictionary<string, string>(),
                "bash",
                "deploy/rabbitmq/definitions.sh",
                "--show",
                line
            )
        )!.Value;

        exitCode.ShouldBe(1);
        output.ShouldContain(reason);
    }

    [Fact]
    public void No_deployment_has_a_guest() =>
        TrackedFiles
            .All.Where(file =>
                file.StartsWith("deploy/", StringComparison.Ordinal) || file is "docker-compose.yml" or ".env.example"
            )
            .Where(file => Guest().IsMatch(File.ReadAllText(RepositoryFolder.File(file))))
            .ShouldBeEmpty();

    [GeneratedRegex("guest:|@guest|name.*guest", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Guest();
}
