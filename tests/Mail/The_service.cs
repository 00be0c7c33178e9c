using Integration.Fixtures;

namespace Integration.Mail.Tests;

public sealed class The_service() : StartingService(args => MailService.Create(args))
{
    [Theory]
    [InlineData("Files:Stores:x:Kind=Tape", "Known are: Folder, S3.")]
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
    public Task Does_not_start_with_a_wrong_setting_and_says_which(string settings, string expected) =>
        RefusesToStartAsync(
            expected,
            [
                "--Mail:Accounts:a:Host=smtp.example.org",
                "--Mail:Accounts:a:From=a@example.org",
                .. settings.Split(" Mail:").Select((setting, i) => i == 0 ? $"--{setting}" : $"--Mail:{setting}"),
            ]
        );
}
