using Integration.Fixtures;
using Integration.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Soap.Tests;

public sealed class The_service(SoapFixture soap)
{
    [Fact]
    public async Task Starts_without_services_and_listens_on_loopback_only()
    {
        using var folder = new TemporaryFolder();
        await using var app = SoapService.Create(Arguments(folder));
        await app.StartAsync();
        app.Urls.ShouldHaveSingleItem().ShouldStartWith("http://127.0.0.1:");
        var ready = app.Services.GetRequiredService<Readiness>();
        await Eventually.TrueAsync(() => ready.Started);
        await app.StopAsync();
    }

    [Fact]
    public async Task Is_ready_while_a_WSDL_cannot_be_had()
    {
        using var folder = new TemporaryFolder();
        await using var app = SoapService.Create([
            .. Arguments(folder),
            "--Soap:Services:a:Wsdl=https://nobody.example.org/a?wsdl",
        ]);
        await app.StartAsync();
        var ready = app.Services.GetRequiredService<Readiness>();
        await Eventually.TrueAsync(() => ready.Started);
        await app.StopAsync();
    }

    [Theory]
    [InlineData("Soap:Retries=11", "Soap__Retries must be between 0 and 10.")]
    [InlineData("Soap:AttemptTimeout=00:00:00", "Soap__AttemptTimeout must be between")]
    [InlineData("Soap:TotalTimeout=00:06:00", "Soap__TotalTimeout is longer than Soap__MaxTimeout")]
    [InlineData("Soap:MaxAnswerBytes=0", "Soap__MaxAnswerBytes must be between")]
    [InlineData("Soap:WsdlRefresh=00:00:00", "Soap__WsdlRefresh must be between")]
    [InlineData("Soap:Services:a:Address=https://a", "Soap__Services__a__Wsdl is missing.")]
    [InlineData("Soap:Services:a:Wsdl=no/such.wsdl", "Soap__Services__a__Wsdl: there is no file 'no/such.wsdl'.")]
    [InlineData("Soap:Services:a:Address=ftp://a", "Soap__Services__a__Address: 'ftp://a' is no address.")]
    [InlineData("Soap:Services:a:UserName=ada", "Soap__Services__a__UserName is set without a password.")]
    [InlineData(
        "Soap:Services:a:Password=long-enough",
        "Soap__Services__a__UserName is empty, but there is a password."
    )]
    [InlineData(
        "Soap:Services:a:Authentication=nobody",
        "Soap__Services__a__Authentication: there is no profile 'nobody'. None is configured."
    )]
    [InlineData("Soap:Services:a:UserName=a\u0001", "Soap__Services__a__UserName has the character U+0001")]
    [InlineData("Soap:Services:a:Password=short", "Soap__Services__a__Password is shorter than 8 characters")]
    [InlineData("Soap:Services:a:PasswordFile=no-such-file", "Soap__Services__a__PasswordFile: there is no file")]
    [InlineData("Soap:Services:a:TimestampLifetime=00:00:00", "Soap__Services__a__TimestampLifetime must be")]
    [InlineData(
        "Soap:Services:a:SignedParts=Body, Nose",
        "Soap__Services__a__SignedParts is \"Body, Nose\"; it must be one or more, with commas, of None, Body"
    )]
    [InlineData("Soap:Services:a:SigningKeyFile=no-such-file", "Soap__Services__a: a signature needs both")]
    public async Task Does_not_start_with_a_wrong_setting_and_says_which(string setting, string expected)
    {
        using var folder = new TemporaryFolder();
        await using var app = SoapService.Create([.. Arguments(folder), $"--{setting}"]);
        var error = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Does_not_start_with_a_key_that_does_not_belong_to_the_certificate()
    {
        using var folder = new TemporaryFolder();
        await using var app = SoapService.Create([
            .. Arguments(folder),
            .. SoapFixture.Of(
                "a",
                soap.Servers.OrdersFile,
                $"SigningCertificateFile={soap.Servers.Signer.CertificateFile}",
                $"SigningKeyFile={soap.Servers.Signer.StrangerKeyFile}"
            ),
        ]);
        var error = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());
        error.Message.ShouldContain("Both must be PEM files that belong together");
    }

    [Fact]
    public async Task Does_not_start_with_a_key_that_is_not_RSA()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        authority.Issue(folder.Combine("a.pem"), folder.Combine("a.key"));
        await using var app = SoapService.Create([
            .. Arguments(folder),
            .. SoapFixture.Of(
                "a",
                soap.Servers.OrdersFile,
                $"SigningCertificateFile={folder.Combine("a.pem")}",
                $"SigningKeyFile={folder.Combine("a.key")}"
            ),
        ]);
        var error = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());
        error.Message.ShouldContain("it is no RSA key");
    }

    [Fact]
    public void Says_in_its_help_how_to_look_into_a_WSDL()
    {
        using var folder = new TemporaryFolder();
        using var app = SoapService.Create(Arguments(folder)) as IDisposable;
        ((Microsoft.AspNetCore.Builder.WebApplication)app!)
            .Services.GetServices<CommandLineArgument>()
            .ShouldContain(argument => argument.Name.StartsWith("--wsdl", StringComparison.Ordinal));
    }

    private static string[] Arguments(TemporaryFolder folder) =>
        [
            "--urls=http://127.0.0.1:0",
            "--Bus:Transport=InMemory",
            $"--Storage:ConnectionString=Data Source={folder.Combine("soap.db")}",
        ];
}
