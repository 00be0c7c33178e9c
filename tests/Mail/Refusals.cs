using Integration.Contracts;
using Integration.Fixtures;
using Integration.Mail.Send;
using Integration.Testing;

namespace Integration.Mail.Tests;

/// <summary>A real server says no.</summary>
public sealed class Refusals(MailFixture mail) : IClassFixture<MailFixture>
{
    private readonly string _box = $"box-{Guid.NewGuid():N}";

    [Fact]
    public async Task One_refused_recipient_keeps_the_mail_from_all_and_is_named()
    {
        var error = await ErrorAsync(
            new
            {
                to = Addresses(_box, "unknown", "later"),
                subject = "x",
                text = "x",
            }
        );
        (error.Category, error.Code, error.Status, error.Retryable).ShouldBe(
            (ErrorCategory.Data, "recipients-refused", 550, false)
        );
        error.Message.ShouldContain("unknown@example.org (550 5.1.1 no such user)");
        error.Message.ShouldContain("The mail was not sent");
        var recipients = error.Details!.Value.GetProperty("recipients");
        recipients
            .EnumerateArray()
            .Select(one => one.GetProperty("accepted").GetBoolean())
            .ShouldBe([true, false, false]);
        await NothingArrivedAsync();
    }

    [Fact]
    public async Task Without_allOrNothing_the_others_get_the_mail_and_the_output_names_who_does_not()
    {
        var answer = await mail.SendAsync(
            new
            {
                to = Addresses(_box, "unknown", "later"),
                subject = "x",
                text = "x",
                allOrNothing = false,
            }
        );
        answer
            .Outputs<SendOperation.Output>()
            .Recipients.ShouldBe([
                new RecipientAnswer($"{_box}@example.org", true, 250, "250 Accepted"),
                new RecipientAnswer("unknown@example.org", false, 550, "550 5.1.1 no such user"),
                new RecipientAnswer("later@example.org", false, 451, "451 4.7.1 greylisted"),
            ]);
        await mail.Server.MailAsync(_box);
    }

    [Theory]
    [InlineData("unknown", ErrorCategory.Data, "recipients-refused", 550, false)]
    [InlineData("later", ErrorCategory.Connectivity, "recipients-deferred", 451, true)]
    [InlineData("full", ErrorCategory.Volumetric, "recipients-throttled", 452, true)]
    [InlineData("hangup", ErrorCategory.Data, "recipients-refused", 550, false)]
    public async Task A_mail_that_nobody_takes_fails_whatever_allOrNothing_says(
        string recipient,
        ErrorCategory category,
        string code,
        int status,
        bool retryable
    )
    {
        foreach (var allOrNothing in new[] { true, false })
        {
            var error = await ErrorAsync(
                new
                {
                    to = Addresses(recipient),
                    subject = "x",
                    text = "x",
                    allOrNothing,
                }
            );
            (error.Category, error.Code, error.Status, error.Retryable).ShouldBe((category, code, status, retryable));
            error.Target.ShouldBe($"localhost:{mail.Server.Port}");
        }
    }

    [Theory]
    [InlineData("VIRUS", ErrorCategory.Data, "mail-refused", 554, false)]
    [InlineData("LATER", ErrorCategory.Connectivity, "unavailable", 451, true)]
    public async Task A_mail_refused_for_its_content_was_not_sent(
        string subject,
        ErrorCategory category,
        string code,
        int status,
        bool retryable
    )
    {
        var error = await ErrorAsync(
            new
            {
                to = Addresses(_box),
                subject,
                text = "x",
            }
        );
        (error.Category, error.Code, error.Status, error.Retryable).ShouldBe((category, code, status, retryable));
        await NothingArrivedAsync();
    }

    [Fact]
    public async Task A_sender_that_the_server_refuses_is_an_access_error()
    {
        await using var service = await With(("From", "forbidden@example.org"));
        var answer = await service.RunAsync(
            "mail.send",
            new
            {
                to = Addresses(_box),
                subject = "x",
                text = "x",
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Status).ShouldBe((ErrorCategory.Access, "sender-refused", 550));
    }

    [Theory]
    [InlineData("wrong-password", "authentication-failed", 535)]
    [InlineData("no-password", "authentication-required", 530)]
    public async Task Credentials_that_are_wrong_or_missing_are_told_as_such(string account, string code, int status)
    {
        var error = await ErrorAsync(
            new
            {
                account,
                to = Addresses(_box),
                subject = "x",
                text = "x",
            }
        );
        (error.Category, error.Code, error.Status).ShouldBe((ErrorCategory.Access, code, status));
        error.Message.ShouldContain("Password");
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        var error = await ErrorAsync(
            new
            {
                account = "misnamed",
                to = Addresses(_box),
                subject = "x",
                text = "x",
            }
        );
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "certificate-refused"));
        error.Message.ShouldContain("it is for another host");
    }

    [Theory]
    [InlineData("StartTls")]
    [InlineData("ImplicitTls")]
    public async Task A_certificate_of_an_unknown_authority_is_refused(string security)
    {
        var port = security == "StartTls" ? mail.Server.Port : mail.Server.TlsPort;
        await using var service = await With(("Port", $"{port}"), ("Security", security));
        var answer = await service.RunAsync(
            "mail.send",
            new
            {
                to = Addresses(_box),
                subject = "x",
                text = "x",
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Access, "certificate-refused"));
        error.Message.ShouldContain("Egress__TrustedAuthorities");
    }

    [Fact]
    public async Task A_mail_larger_than_the_server_takes_is_not_begun()
    {
        await using var service = await mail.WithAsync("--Mail:MaxMessageBytes=100000000");
        var file = await mail.SaveAsync(new byte[16 * 1024 * 1024], "large.bin", null);
        var answer = await service.RunAsync(
            "mail.send",
            new
            {
                to = Addresses(_box),
                subject = "x",
                text = "x",
                attachments = new[] { new { file } },
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe((ErrorCategory.Volumetric, "too-large", false));
        error.Message.ShouldContain("takes at most 20971520");
    }

    [Fact]
    public async Task The_server_comes_back_after_it_was_away()
    {
        await using var server = new Fixtures.MailServer();
        await server.InitializeAsync();
        await using var service = await MailFixture.StartAsync(server, "");
        (await service.RunAsync("mail.send", Inputs())).Completed.ShouldNotBeNull();
        await server.StopAsync();
        var error = (await service.RunAsync("mail.send", Inputs())).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code, error.Retryable).ShouldBe(
            (ErrorCategory.Connectivity, "connection-refused", true)
        );
        await server.StartAsync();
        (await service.RunAsync("mail.send", Inputs())).Completed.ShouldNotBeNull();
        await Eventually.TrueAsync(async () => (await server.MailsAsync(_box)).Count == 2);
    }

    private object Inputs() =>
        new
        {
            to = Addresses(_box),
            subject = "x",
            text = "x",
        };

    private static string[] Addresses(params string[] boxes) => [.. boxes.Select(box => $"{box}@example.org")];

    private Task<ServiceHarness> With(params (string, string)[] settings) =>
        ServiceHarness.StartAsync(
            MailFixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                .. settings.Any(setting => setting.Item1 == "From")
                    ? [$"--Egress:TrustedAuthorities={mail.Server.Authority}"]
                    : Array.Empty<string>(),
                .. MailFixture.Account(
                    "default",
                    [
                        ("Port", $"{mail.Server.Port}"),
                        ("User", mail.Server.User),
                        ("Password", mail.Server.Password),
                        .. settings,
                    ]
                ),
            ]
        );

    private async Task<ErrorInfo> ErrorAsync(object inputs) =>
        (await mail.SendAsync(inputs)).Errored.ShouldNotBeNull().Error;

    // What is sent later to the same box arrives alone.
    private async Task NothingArrivedAsync()
    {
        (await mail.SendAsync(Inputs())).Completed.ShouldNotBeNull();
        await mail.Server.MailAsync(_box);
    }
}
