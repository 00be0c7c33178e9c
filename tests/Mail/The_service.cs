using Integration.Egress;
using Integration.Fixtures;
using Integration.Hosting;
using Integration.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Mail.Tests;

public sealed class The_service
{
    [Fact]
    public async Task Starts_with_its_defaults_and_listens_on_loopback_only()
    {
        using var folder = new TemporaryFolder();
        await using var app = MailService.Create(Arguments(folder));
        app.Services.GetRequiredService<ServiceDescription>().Port.ShouldBe(5113);
        await app.StartAsync();
        app.Urls.ShouldHaveSingleItem().ShouldStartWith("http://127.0.0.1:");
        var ready = app.Services.GetRequiredService<Readiness>();
        await Eventually.TrueAsync(() => ready.Started);
        await app.StopAsync();
    }

    [Fact]
    public async Task Calls_nothing_inside_unless_it_is_configured()
    {
        using var folder = new TemporaryFolder();
        await using var app = MailService.Create(Arguments(folder));
        var connector = app.Services.GetRequiredService<GuardedConnector>();
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            connector.ConnectAsync("localhost", 25, TimeSpan.FromSeconds(5), default)
        );
        error.Code.ShouldBe("egress-refused");
    }

    [Theory]
    [InlineData("Mail:MaxRecipients=0", "Mail__MaxRecipients must be between 1 and 10000.")]
    [InlineData("Mail:CommandTimeout=00:00:00", "Mail__CommandTimeout must be between")]
    [InlineData("Mail:MaxMessageBytes=0", "Mail__MaxMessageBytes must be between")]
    [InlineData("Mail:Accounts:a:Host=", "Mail__Accounts__a__Host: '' is no host.")]
    [InlineData("Mail:Accounts:a:Host=smtp://x", "Mail__Accounts__a__Host: 'smtp://x' is no host.")]
    [InlineData("Mail:Accounts:a:Port=0", "Mail__Accounts__a__Port must be between 1 and 65535.")]
    [InlineData("Mail:Accounts:a:From=", "Mail__Accounts__a__From is empty")]
    [InlineData("Mail:Accounts:a:From=x", "Mail__Accounts__a__From: 'x' is no sender.")]
    [InlineData("Mail:Accounts:a:HelloName=a b", "Mail__Accounts__a__HelloName: 'a b' is no host name.")]
    [InlineData("Mail:Accounts:a:User=u", "Mail__Accounts__a__User is set without a secret.")]
    [InlineData("Mail:Accounts:a:Password=p", "Mail__Accounts__a__User is empty")]
    [InlineData("Mail:Accounts:a:PasswordFile=/no/such/file", "Mail__Accounts__a: there is no file '/no/such/file'.")]
    [InlineData(
        "Mail:Accounts:a:User=u Mail:Accounts:a:Password=p Mail:Accounts:a:Security=None",
        "Mail__Accounts__a__Security is None"
    )]
    [InlineData(
        "Mail:Accounts:a:User=u Mail:Accounts:a:Password=p Mail:Accounts:a:Token=t",
        "Mail__Accounts__a has a password and a token."
    )]
    [InlineData(
        "Mail:Accounts:a:User=u Mail:Accounts:a:Password=p Mail:Accounts:a:Authentication=XOAuth2",
        "Mail__Accounts__a__Authentication needs a token."
    )]
    [InlineData(
        "Mail:Accounts:a:User=u Mail:Accounts:a:Token=t Mail:Accounts:a:Authentication=Plain",
        "Mail__Accounts__a__Authentication needs a password."
    )]
    public async Task Does_not_start_with_a_wrong_setting_and_says_which(string settings, string expected)
    {
        using var folder = new TemporaryFolder();
        await using var app = MailService.Create([
            .. Arguments(folder),
            "--Mail:Accounts:a:Host=smtp.example.org",
            "--Mail:Accounts:a:From=a@example.org",
            .. settings.Split(" Mail:").Select((setting, i) => i == 0 ? $"--{setting}" : $"--Mail:{setting}"),
        ]);
        var error = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());
        error.Message.ShouldContain(expected);
    }

    private static string[] Arguments(TemporaryFolder folder) =>
        [
            "--urls=http://127.0.0.1:0",
            "--Bus:Transport=InMemory",
            $"--Storage:ConnectionString=Data Source={folder.Combine("mail.db")}",
        ];
}
