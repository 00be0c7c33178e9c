using System.Diagnostics;
using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>
/// A broker on which an engine and a service from outside have a line each, as deploy/README.md says.
/// </summary>
public sealed class BrokerWithForeigners() : DefinedBroker(RabbitMqRelease.Installed)
{
    private readonly TemporaryFolder _folder = new("foreigners");

    protected override async Task<string> InitialAsync()
    {
        var users = _folder.Combine("users");
        await File.WriteAllTextAsync(
            users,
            "my-engine engine asks=text.\ntext service text.\nerror-treatment treatment\n"
        );
        foreach (var name in new[] { "MY_ENGINE", "TEXT", "ERROR_TREATMENT" })
            Passwords[$"RABBITMQ_{name}_PASSWORD"] = Guid.NewGuid().ToString("N");
        var environment = new Dictionary<string, string>(Passwords, StringComparer.Ordinal)
        {
            ["INTEGRATION_USERS"] = users,
        };
        return await Programs.RunAsync(environment, "bash", "deploy/rabbitmq/definitions.sh");
    }
}

/// <summary>The programs of docs/reference/contract.md, as users that may do no more than they must.</summary>
public sealed partial class ForeignProgramsTests(BrokerWithForeigners broker) : IClassFixture<BrokerWithForeigners>
{
    [Fact]
    public async Task The_engine_and_the_service_of_the_contract_page_work_together_with_least_privilege()
    {
        using var folder = new TemporaryFolder("foreign-programs");
        var page = await File.ReadAllTextAsync(RepositoryFolder.File("docs/reference/contract.md"));
        var programs = Blocks().Matches(page).Select(block => block.Groups["code"].Value).ToList();
        programs.Count.ShouldBe(2);
        var engine = programs[0]
            .Replace("operation: 'rest.request'", "operation: 'text.reverse'")
            .Replace(
                "inputs: { method: 'GET', url: process.argv[2] ?? 'http://localhost:8080/' }",
                "inputs: { text: 'lager' }"
            );
        engine.ShouldContain("'lager'");
        await File.WriteAllTextAsync(folder.Combine("engine.mjs"), engine);
        await File.WriteAllTextAsync(folder.Combine("service.mjs"), programs[1]);
        var shell = new Dictionary<string, string>(StringComparer.Ordinal);
        await Programs.RunAsync(shell, "npm", "install", "--no-audit", "--no-fund", "--prefix", folder.Path, "amqplib");

        using var service = Start(folder, "service.mjs", "text");
        try
        {
            (await service.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Patience)).ShouldBe(
                "text.reverse is ready"
            );
            using var asking = Start(folder, "engine.mjs", "my-engine");
            var answer = await asking.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience);
            await asking.WaitForExitAsync();

            answer.ShouldContain("task.completed");
            answer.ShouldContain("regal");
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
        }
    }

    private Process Start(TemporaryFolder folder, string program, string user) =>
        Process.Start(
            new ProcessStartInfo("node", [program])
            {
                WorkingDirectory = folder.Path,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                Environment = { ["AMQP_URL"] = broker.AddressOf(user).ToString() },
            }
        )!;

    [GeneratedRegex(
        @"^```js\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Blocks();
}
