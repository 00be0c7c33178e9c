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

    [Theory]
    [InlineData("450 4.7.1 greylisted\r\n")]
    [InlineData("452 4.2.2 mailbox full\r\n")]
    public async Task Mailboxes_that_are_asked_too_often_do_not_hold_up_mail_to_others(string answer)
    {
        await using var server = await SmtpDouble.StartAsync(
            (line, _) => line.StartsWith("RCPT TO:<busy", StringComparison.Ordinal) ? answer : null
        );
        await using var service = await server.ServiceAsync("--Targets:JudgedAfter=2", "--Targets:Pause=00:01:00");
        for (var i = 0; i < 3; i++)
            (await service.RunAsync("mail.send", Inputs("busy")))
                .Errored.ShouldNotBeNull()
                .Error.Retryable.ShouldBeTrue();

        var other = await service.RunAsync(
            "mail.send",
            Inputs("other"),
            request => request with { Deadline = DateTimeOffset.UtcNow + Eventually.Patience }
        );

        other.Completed.ShouldNotBeNull(other.Error);
    }

    private static object Inputs(string box) =>
        new
        {
            to = new[] { $"{box}@example.org" },
            subject = "x",
            text = "x",
        };
}
