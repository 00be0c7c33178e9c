using System.Text.Json;
using Integration.Clients;

namespace Integration.Containers.Tests;

/// <summary>What an operator sees of the system in containers: it comes up, works, and comes back after every crash.</summary>
public sealed class Whole_system(Composition composition) : IClassFixture<Composition>
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_process_runs_through_all_services_before_and_after_each_container_was_killed()
    {
        await using (var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "welcome-customer.bpmn")))
            await composition.Core.DeployAsync(file);

        await WelcomeAsync("the first");
        foreach (
            var service in (string[])
                ["rabbitmq", "postgres", "process-core", "error-treatment", "rest", "s3", "soap", "sql", "mail", "ldap"]
        )
        {
            await composition.KillAsync(service);
            await WelcomeAsync($"after {service}");
        }

        (await composition.MailsAsync()).ShouldBeUnique();
    }

    [Fact]
    public async Task The_samples_run_in_it() =>
        await Eventually.PassesAsync(
            async () =>
            {
                var told = await composition.ComposeAsync("logs", "--no-log-prefix", "samples");
                foreach (
                    var line in (string[])
                        ["credit approved", "refused: on the black list", "it is São Paulo", "Now you are the operator"]
                )
                    told.ShouldContain(line);
            },
            _patience
        );

    [Fact]
    public async Task No_service_runs_as_root_or_may_write_beyond_its_data()
    {
        foreach (var service in (string[])["process-core", "rest"])
        {
            var container = (await composition.ComposeAsync("ps", "--quiet", service)).Trim();
            (
                await composition.DockerAsync(
                    "inspect",
                    "--format",
                    "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}}",
                    container
                )
            )
                .Trim()
                .ShouldBe("1654 true");
        }
    }

    /// <summary>One instance: its letter is stored once and its mail is sent once.</summary>
    private async Task WelcomeAsync(string occasion)
    {
        var started = await composition.Core.StartAsync(
            new Start(
                "welcome-customer",
                JsonSerializer.SerializeToElement(
                    new
                    {
                        customer = 1,
                        occasion,
                        zipCodes = "http://samples:8080/viacep",
                    }
                ),
                occasion
            )
        );
        await Eventually.PassesAsync(
            async () =>
            {
                var instance = await composition.Core.InstanceAsync(started.Id);
                instance.State.ShouldBe("completed", $"{occasion}: {instance}");
                instance.Variables.GetProperty("discount").GetDecimal().ShouldBe(12.5m);
                instance.Variables.GetProperty("clerk").GetString().ShouldBe("Charles Babbage");
            },
            _patience
        );
        // The catcher says that it has the mail before it shows it.
        await Eventually.PassesAsync(async () =>
            (await composition.MailsAsync()).ShouldContain($"Welcome, Ada Lovelace: {occasion}")
        );
    }
}
