using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Soap.Security;
using Integration.Soap.Tests.Servers;
using Integration.Testing;

namespace Integration.Soap.Tests;

public sealed partial class Security(SoapFixture soap)
{
    private const string ShipText = "\"operation\":\"Ship\",\"input\":{\"order\":1}";

    [Fact]
    public async Task Npm_soap_takes_a_digest_of_the_password_and_a_new_nonce_each_time()
    {
        for (var i = 0; i < 2; i++)
        {
            var answer = await soap.CallAsync($$"""{"service":"shipping",{{ShipText}}}""");
            answer.Completed.ShouldNotBeNull(answer.Error);
        }
    }

    [Fact]
    public async Task Npm_soap_takes_the_password_as_text()
    {
        var answer = await soap.CallAsync($$"""{"service":"shipping-text",{{ShipText}}}""");
        answer.Completed.ShouldNotBeNull(answer.Error);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("digest")]
    public async Task A_task_has_a_token_of_its_own_from_a_secret(string type)
    {
        var answer = await soap.CallAsync(
            $$$$"""{"service":"shipping-wrong",{{{{ShipText}}}},"userNameToken":{"userName":"ada","password":"{{secrets.ada}}","passwordType":"{{{{type}}}}"}}"""
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
    }

    [Theory]
    [InlineData("shipping-wrong")]
    [InlineData("shipping-anonymous")]
    public async Task Without_the_right_password_the_call_is_refused_and_the_password_stays_here(string service)
    {
        var error = await soap.ErrorAsync($$"""{"service":"{{service}}",{{ShipText}}}""");
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("unauthorised");
        $"{error}{error.Details}".ShouldNotContain("canary");
    }

    [Theory]
    [InlineData("{{secrets.elsewhere}}", "secret-not-for-host")]
    [InlineData("{{secrets.nobody}}", "secret-unknown")]
    public async Task A_secret_for_another_host_is_not_sent(string password, string code)
    {
        var error = await soap.ErrorAsync(
            $$$"""{"service":"shipping",{{{ShipText}}},"userNameToken":{"userName":"ada","password":"{{{password}}}"}}"""
        );
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Zeep_and_xmlsec_accept_our_signature()
    {
        var answer = await soap.CallAsync(
            """{"service":"documents-signed","operation":"Repeat","input":{"text":"signed & <sealed>\r\n","times":1}}"""
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
    }

    [Theory]
    [InlineData("documents-unsigned")]
    [InlineData("documents-forged")]
    public async Task A_message_without_the_right_signature_is_refused(string service)
    {
        var error = await soap.ErrorAsync(
            $$$"""{"service":"{{{service}}}","operation":"Repeat","input":{"text":"x","times":1}}"""
        );
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("security-fault");
    }

    [Fact]
    public async Task Every_part_that_the_settings_name_is_signed_and_xmlsec1_agrees()
    {
        var answer = await soap.CallAsync(
            """{"service":"orders-signed","operation":"GetStatus","input":1001,"httpHeaders":{"X-Keep":"signed"}}"""
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var message = soap.Servers.Request("signed");
        XDocument
            .Parse(message)
            .Descendants(XName.Get("Reference", "http://www.w3.org/2000/09/xmldsig#"))
            .Select(reference => reference.Attribute("URI")!.Value)
            .ShouldBe(["#message-id", "#to", "#action", "#reply-to", "#timestamp", "#user-name", "#body"]);
        (await VerifyAsync(message)).ShouldBe(0);
        (await VerifyAsync(message.Replace("1001", "1002", StringComparison.Ordinal))).ShouldNotBe(0);
        (await VerifyAsync(Created().Replace(message, "<wsu:Created>2000-01-01T00:00:00.000Z<"))).ShouldNotBe(0);
    }

    [Fact]
    public async Task A_timestamp_says_until_when_the_message_is_good()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        await soap.CallAsync(
            """{"service":"orders-stamped","operation":"GetStatus","input":1,"httpHeaders":{"X-Keep":"stamped"}}"""
        );
        var stamp = XDocument
            .Parse(soap.Servers.Request("stamped"))
            .Descendants(XName.Get("Timestamp", SecurityNames.Utility))
            .Single();
        var created = XmlConvert.ToDateTimeOffset(stamp.Element(XName.Get("Created", SecurityNames.Utility))!.Value);
        var expires = XmlConvert.ToDateTimeOffset(stamp.Element(XName.Get("Expires", SecurityNames.Utility))!.Value);
        created.ShouldBeInRange(before, DateTimeOffset.UtcNow);
        (expires - created).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_call_that_is_repeated_has_another_nonce_and_another_time()
    {
        var calls = 0;
        await using var target = await HttpTarget.StartAsync(async context =>
        {
            if (++calls == 1)
            {
                context.Response.StatusCode = 503;
                return;
            }

            await Answers.WriteAsync(context, Answers.Status("shipped"));
        });
        var answer = await RunAsync(
            target.Uri,
            "UserName=ada",
            $"Password={SoapFixture.Password}",
            "PasswordType=Digest",
            "Reads=*"
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var nonces = target.Requests.Select(request => Nonce().Match(request.Body).Value).ToList();
        nonces.Count.ShouldBe(2);
        nonces[0].ShouldNotBeEmpty();
        nonces[1].ShouldNotBe(nonces[0]);
    }

    [Fact]
    public async Task With_an_expired_certificate_nothing_is_sent()
    {
        using var folder = new TemporaryFolder();
        var (certificate, key) = SigningFiles.WriteExpired(folder);
        await using var target = await HttpTarget.AnsweringAsync(200);
        var answer = await RunAsync(target.Uri, $"SigningCertificateFile={certificate}", $"SigningKeyFile={key}");
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("signing-certificate-expired");
        target.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_a_renewed_certificate_whose_key_is_not_RSA_nothing_is_sent()
    {
        using var folder = new TemporaryFolder();
        var (certificate, key) = (folder.Combine("a.pem"), folder.Combine("a.key"));
        File.Copy(soap.Servers.Signer.CertificateFile, certificate);
        File.Copy(soap.Servers.Signer.KeyFile, key);
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(context, Answers.Status("shipped"))
        );
        await using var service = await StartAsync(
            target.Uri,
            $"SigningCertificateFile={certificate}",
            $"SigningKeyFile={key}"
        );
        (await CallAsync(service)).Completed.ShouldNotBeNull();
        using var authority = new TestAuthority();
        authority.Issue(certificate, key);
        var error = (await CallAsync(service)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("secret-unreadable");
        error.Message.ShouldContain("Soap__Services__target__SigningKeyFile");
        error.Message.ShouldContain("it is no RSA key");
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_a_password_that_XML_cannot_carry_nothing_is_sent()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("password");
        await File.WriteAllTextAsync(file, SoapFixture.Password + "\u0001");
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(context, Answers.Status("shipped"))
        );
        var answer = await RunAsync(target.Uri, "UserName=ada", $"PasswordFile={file}");
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("secret-unreadable");
        error.Message.ShouldContain("it has the character U+0001, which XML cannot carry");
        target.Requests.ShouldBeEmpty();
        answer = await RunAsync(target.Uri, "UserName=ada", $"PasswordFile={file}", "PasswordType=Digest");
        answer.Completed.ShouldNotBeNull(answer.Error);
    }

    [Fact]
    public async Task A_user_name_that_XML_cannot_carry_is_told()
    {
        var error = await soap.ErrorAsync(
            $$$$"""{"service":"shipping",{{{{ShipText}}}},"userNameToken":{"userName":"a\u0001","password":"{{secrets.ada}}"}}"""
        );
        error.Code.ShouldBe(ErrorCodes.InvalidInput);
        error.Message.ShouldBe(
            "inputs.userNameToken.userName has the character U+0001, which XML cannot carry. Remove it."
        );
    }

    [Fact]
    public void A_header_of_a_task_does_not_take_the_place_of_what_is_signed()
    {
        var plain = Signed("");
        Signed($"""<h xmlns:u="{SecurityNames.Utility}" u:Id="timestamp"/>""").ShouldBe(plain);
        Signed($"""<h xmlns:u="{SecurityNames.Utility}" u:Id="body"/>""").ShouldBe(plain);

        List<string> Signed(string header)
        {
            var message = new XmlDocument { PreserveWhitespace = true };
            message.LoadXml(
                $"""
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="{SecurityNames.Utility}"><s:Header><e:Security xmlns:e="{SecurityNames.Extension}"><u:Timestamp u:Id="timestamp">1</u:Timestamp></e:Security>{header}</s:Header><s:Body u:Id="body"/></s:Envelope>
                """
            );
            using var certificate = X509Certificate2.CreateFromPemFile(
                soap.Servers.Signer.CertificateFile,
                soap.Servers.Signer.KeyFile
            );
            using var key = certificate.GetRSAPrivateKey()!;
            new MessageSignature(certificate, key, SignedParts.Timestamp | SignedParts.Body).Sign(message);
            return
            [
                .. message
                    .GetElementsByTagName("DigestValue", "http://www.w3.org/2000/09/xmldsig#")
                    .Cast<XmlElement>()
                    .Select(digest => digest.InnerText),
            ];
        }
    }

    [Fact]
    public async Task With_a_password_file_that_is_gone_nothing_is_sent()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("password");
        await File.WriteAllTextAsync(file, SoapFixture.Password);
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(context, Answers.Status("shipped"))
        );
        await using var service = await StartAsync(target.Uri, "UserName=ada", $"PasswordFile={file}");
        (await CallAsync(service)).Completed.ShouldNotBeNull();
        File.Delete(file);
        var error = (await CallAsync(service)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("secret-unreadable");
        error.Message.ShouldContain("Soap__Services__target__PasswordFile");
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_is_too_large_to_be_signed_is_told_before_it_is_sent()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await using var service = await ServiceHarness.StartAsync(
            SoapFixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                "--Soap:MaxSignedBytes=2000",
                .. SoapFixture.Of(
                    "target",
                    soap.Servers.OrdersFile,
                    $"Address={target.Uri}",
                    $"SigningCertificateFile={soap.Servers.Signer.CertificateFile}",
                    $"SigningKeyFile={soap.Servers.Signer.KeyFile}"
                ),
            ]
        );
        var error = (await CallAsync(service)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("message-too-large");
        error.Message.ShouldContain("Soap__MaxSignedBytes");
        target.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void The_digest_is_the_one_of_the_profile() =>
        // Calculated with openssl.
        UserNameToken
            .Digest("0123456789abcdef"u8.ToArray(), "2026-11-27T00:00:00.000Z", "correct-horse-battery")
            .ShouldBe("bqCic2HdU+m1q7YSGr5eRwsCtwQ=");

    private async Task<TaskAnswer> RunAsync(Uri address, params string[] settings)
    {
        await using var service = await StartAsync(address, settings);
        return await CallAsync(service);
    }

    private static Task<TaskAnswer> CallAsync(ServiceHarness service) =>
        service.RunAsync(
            "soap.call",
            new
            {
                service = "target",
                operation = "GetStatus",
                input = 1,
            }
        );

    private Task<ServiceHarness> StartAsync(Uri address, params string[] settings) =>
        ServiceHarness.StartAsync(
            SoapFixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                "--Soap:RetryDelay=00:00:00.02",
                .. SoapFixture.Of("target", soap.Servers.OrdersFile, [$"Address={address}", .. settings]),
            ]
        );

    private async Task<int> VerifyAsync(string message)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("message.xml");
        await File.WriteAllTextAsync(file, message);
        string[] ids =
        [
            .. new[] { "Body", "Timestamp", "UsernameToken", "MessageID", "To", "Action", "ReplyTo" }.SelectMany(name =>
                new[] { "--id-attr:Id", name }
            ),
        ];
        var start = new ProcessStartInfo(
            "xmlsec1",
            ["--verify", "--pubkey-cert-pem", soap.Servers.Signer.CertificateFile, .. ids, file]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var xmlsec = Process.Start(start)!;
        var output = xmlsec.StandardError.ReadToEndAsync();
        await xmlsec.WaitForExitAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(await output);
        return xmlsec.ExitCode;
    }

    [GeneratedRegex("<wsse:Nonce[^>]*>[^<]+<", RegexOptions.None, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<wsu:Created>[^<]+<", RegexOptions.None, 1000)]
    private static partial Regex Created();
}
