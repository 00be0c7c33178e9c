using Integration.Fixtures;
using Integration.Testing;

namespace Integration.Mail.Tests;

/// <summary>A mail server that is away when the service first needs it.</summary>
public sealed class Down_and_up_again
{
    [Fact]
    public async Task Tasks_wait_without_burning_their_attempts_and_are_sent_when_it_is_back()
    {
        await using var server = new MailServer();
        await server.InitializeAsync();
        await server.StopAsync();
        await using var service = await MailFixture.StartAsync(
            server,
            "",
            "--Targets:JudgedAfter=2",
            "--Targets:Pause=00:00:03"
        );
        for (var i = 0; i < 2; i++)
            (await service.RunAsync("mail.send", Inputs("failed"))).Errored.ShouldNotBeNull();

        var answers = new List<Task<TaskAnswer>>();
        for (var i = 0; i < 3; i++)
            await service.BeginAsync(ServiceHarness.Request("mail.send", Inputs("waited")), answers.Add);
        await Eventually.TrueAsync(() => Gauge.Read("integration.targets.waiting") >= 3);
        await server.StartAsync();

        (await Task.WhenAll(answers)).ShouldAllBe(answer => answer.Completed != null);
        await Eventually.TrueAsync(async () => (await server.MailsAsync("waited")).Count == 3);
        (await server.MailsAsync("failed")).ShouldBeEmpty();
    }

    private static object Inputs(string box) =>
        new
        {
            to = new[] { $"{box}@example.org" },
            subject = "x",
            text = "x",
        };
}
