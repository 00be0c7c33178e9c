using System.Text.RegularExpressions;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Ldap.Tests;

public sealed partial class The_service
{
    [Fact]
    public async Task Starts_with_its_defaults_and_listens_on_loopback_only()
    {
        using var folder = new TemporaryFolder();
        await using var app = LdapService.Create(Arguments(folder));
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
        await using var app = LdapService.Create(Arguments(folder));
        var connector = app.Services.GetRequiredService<GuardedConnector>();
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            connector.ConnectAsync("localhost", 636, TimeSpan.FromSeconds(5), default)
        );
        error.Code.ShouldBe("egress-refused");
    }

    [Theory]
    [InlineData("Servers:a:Uri=", "Ldap__Servers__a__Uri: '' is no address of a directory.")]
    [InlineData(
        "Servers:a:Uri=https://ldap.example.org",
        "Ldap__Servers__a__Uri: 'https://ldap.example.org' is no address"
    )]
    [InlineData("Servers:a:Uri=ldap://ldap.example.org/dc=example", "is no address of a directory")]
    [InlineData("Servers:a:Uri=ldap://me:canary@ldap.example.org", "is no address of a directory")]
    [InlineData("Servers:a:BaseDn=people", "Ldap__Servers__a__BaseDn: 'people' is no distinguished name.")]
    [InlineData(
        "Servers:a:BindDn=a=b=\"c Servers:a:BindPassword=long-enough",
        "Ldap__Servers__a__BindDn: 'a=b=\"c' is no distinguished name."
    )]
    [InlineData("Servers:a:BindDn=cn=a", "Ldap__Servers__a__BindDn is set without a password.")]
    [InlineData("Servers:a:BindPassword=long-enough", "Ldap__Servers__a__BindDn is empty")]
    [InlineData(
        "Servers:a:BindDn=cn=a Servers:a:BindPassword=short",
        "Ldap__Servers__a__BindPassword is shorter than 8 characters"
    )]
    [InlineData(
        "Servers:a:BindPasswordFile=/no/such/file",
        "Ldap__Servers__a__BindPasswordFile: there is no file '/no/such/file'."
    )]
    [InlineData(
        "Servers:a:BindDn=cn=a Servers:a:BindPassword=long-enough Servers:a:BindPasswordFile=/dev/null",
        "Ldap__Servers__a__BindPassword and Ldap__Servers__a__BindPasswordFile are both set."
    )]
    [InlineData(
        "Servers:a:Uri=ldap://x Servers:a:StartTls=Off Servers:a:BindDn=cn=a Servers:a:BindPassword=long-enough",
        "Ldap__Servers__a__StartTls is Off, so that the password would be readable on the way."
    )]
    [InlineData(
        "Servers:a:Uri=ldap://x Servers:a:StartTls=Off Servers:a:PasswordsInTasks=true",
        "Ldap__Servers__a__StartTls is Off"
    )]
    [InlineData(
        "Servers:a:HiddenAttributes=a b",
        "Ldap__Servers__a__HiddenAttributes: 'a b' is no name of an attribute."
    )]
    [InlineData("Servers:a:BinaryAttributes=9", "Ldap__Servers__a__BinaryAttributes: '9' is no name of an attribute.")]
    [InlineData("MaxEntries=0", "Ldap__MaxEntries must be between 1 and 100000.")]
    [InlineData("PageSize=0", "Ldap__PageSize must be between")]
    [InlineData("AnswerTimeout=00:00:00", "Ldap__AnswerTimeout must be between")]
    [InlineData("MaxMessageBytes=1", "Ldap__MaxMessageBytes must be between")]
    [InlineData("SearchTimeout=00:10:00", "Ldap__SearchTimeout is longer than Ldap__MaxSearchTimeout.")]
    public async Task Does_not_start_with_a_wrong_setting_and_says_which(string settings, string expected)
    {
        using var folder = new TemporaryFolder();
        await using var app = LdapService.Create([
            .. Arguments(folder),
            "--Ldap:Servers:a:Uri=ldaps://ldap.example.org",
            .. Regex().Split(settings).Select(setting => $"--Ldap:{setting}"),
        ]);
        var error = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());
        error.Message.ShouldContain(expected);
        error.Message.ShouldNotContain("long-enough");
    }

    private static string[] Arguments(TemporaryFolder folder) =>
        [
            "--urls=http://127.0.0.1:0",
            "--Bus:Transport=InMemory",
            $"--Storage:ConnectionString=Data Source={folder.Combine("ldap.db")}",
        ];

    // A value may have a space: a setting begins with a name and an equals sign.
    [GeneratedRegex(" (?=[A-Z][A-Za-z:]*=)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Regex();
}
