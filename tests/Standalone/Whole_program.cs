using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Fixtures;
using Integration.Standalone.Samples;

namespace Integration.Standalone.Tests;

/// <summary>The built program as a process of its own: what it writes, its exit code, and what was really done.</summary>
public sealed partial class Whole_program
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Once_plays_the_operator_and_ends_with_0()
    {
        await using var program = Run("--once");

        (await program.Ended.WaitAsync(_patience)).ShouldBe(0, program.Log);

        foreach (var run in SampleRun.All)
            program.Log.ShouldContain($"{run.BusinessKey, -10} ended: {run.Meaning}");
        program.Log.ShouldContain("Send to carrier: attempt 2 failed");
        program.Log.ShouldContain("Send to carrier: sent again, attempt 3");
        program.Log.ShouldContain("Send to warehouse: waits for an operator. ");
        program.Log.ShouldContain("repairing the warehouse");
        program.Log.ShouldContain(
            "All 8 processes reached the expected end; 5 effects in the sample systems, each done once."
        );
        program.Log.ShouldNotContain("\e", Case.Sensitive, "escape sequences, although nobody sees a terminal");
    }

    [Fact]
    public async Task Services_that_ask_who_calls_are_called_with_a_token_of_its_own()
    {
        await using var program = RunWith(
            new() { ["Api__Tokens__anna__Hash"] = new string('a', 64), ["Api__Tokens__anna__Role"] = "viewer" },
            "--once"
        );

        (await program.Ended.WaitAsync(_patience)).ShouldBe(0, program.Log);

        program.Log.ShouldContain("All 8 processes reached the expected end");
        program.Log.ShouldNotContain("intk_");
    }

    [Fact]
    public async Task Once_ends_with_1_and_the_reason_when_a_process_does_not_reach_its_end()
    {
        // The REST service may not call the sample systems, so nothing can work.
        await using var program = RunWith(new() { ["Egress__Deny"] = "127.0.0.1" }, "--once");

        (await program.Ended.WaitAsync(_patience)).ShouldBe(1, program.Log);

        program.Log.ShouldContain("Wrong: credit-request CR-1 did not end as expected: Verify black list");
        program.Log.ShouldNotContain("each done once");
    }

    [Fact]
    public async Task It_serves_on_and_a_user_can_be_the_operator_with_the_commands_that_it_prints()
    {
        await using var program = Run("--port", "0");
        await Eventually.TrueAsync(() => program.Log.Contains("Ctrl+C ends it.", StringComparison.Ordinal), _patience);
        program.Log.ShouldContain("ready after");
        foreach (var service in ServiceRow.All.Select(row => row.Name.Replace('-', ' ')))
            program.Log.ShouldContain($"  {service, -16}  http://127.0.0.1:");
        program.Log.ShouldContain(
            "ORDER-1    an order for invoicing, the carrier and the warehouse: waits for an operator"
        );
        using var http = new HttpClient();

        var looks = Looks().Matches(program.Log).Select(look => look.Groups["url"].Value).ToList();
        looks.Count.ShouldBe(4);
        foreach (var look in looks)
            (await http.GetAsync(new Uri(look))).StatusCode.ShouldBe(HttpStatusCode.OK, look);
        var commands = Commands().Matches(program.Log).Select(command => command.Groups["url"].Value).ToList();
        commands.Count.ShouldBe(2);
        foreach (var command in commands)
            (await http.PostAsync(new Uri(command), content: null)).IsSuccessStatusCode.ShouldBeTrue(command);

        await Eventually.TrueAsync(
            () => program.Log.Contains("ORDER-1    ended: all destinations have the order", StringComparison.Ordinal),
            _patience
        );
        var ledger = (
            await http.GetFromJsonAsync<JsonNode>(
                looks.Single(look => look.EndsWith("/ledger", StringComparison.Ordinal))
            )
        )!;
        ledger["effects"]!
            .AsArray()
            .Select(effect => $"{effect!["system"]} {effect["about"]}")
            .ShouldBe(
                ["capacity CR-1", "capacity CR-2", "invoicing ORDER-1", "carrier ORDER-1", "warehouse ORDER-1"],
                ignoreOrder: true
            );
        (await program.StopAsync()).ShouldBe(0, program.Log);
    }

    [Fact]
    public async Task It_starts_again_on_the_databases_of_the_run_before()
    {
        using var folder = new TemporaryFolder();
        for (var run = 1; run <= 2; run++)
        {
            await using var program = Run("--once", "--data", folder.Path);

            (await program.Ended.WaitAsync(_patience)).ShouldBe(0, program.Log);
            program.Log.ShouldContain("Deployed credit-request, version 1.");
        }
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_way_out()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var program = Run("--port", $"{port - 1}");

        (await program.Ended.WaitAsync(_patience)).ShouldBe(1, program.Log);

        // Usually this one; on a busy machine another of them may be in use as well.
        program.Log.ShouldMatch(@"Port \d+, where [a-z ]+ wants to listen, is in use\.");
        program.Log.ShouldContain("--port 0");
    }

    [Fact]
    public async Task An_unknown_argument_is_refused_with_2()
    {
        await using var program = Run("--nonce");

        (await program.Ended.WaitAsync(_patience)).ShouldBe(2, program.Log);

        program.Log.ShouldContain("There is no argument --nonce. --help shows what there is.");
    }

    [Fact]
    public async Task Help_names_every_argument()
    {
        await using var program = Run("--help");

        (await program.Ended.WaitAsync(_patience)).ShouldBe(0, program.Log);

        foreach (var argument in (string[])["--once", "--port", "--data", "--verbose", "NO_COLOR"])
            program.Log.ShouldContain(argument);
    }

    private static ServiceProcess Run(params string[] arguments) => RunWith([], arguments);

    private static ServiceProcess RunWith(Dictionary<string, string> settings, params string[] arguments) =>
        ServiceProcess.Launch("Standalone", settings, arguments: arguments);

    [GeneratedRegex(@"^ +curl (?<url>http\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Looks();

    [GeneratedRegex(@"^ +curl -X POST (?<url>http\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Commands();
}
