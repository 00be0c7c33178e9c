using System.Diagnostics;
using System.Globalization;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Sdk;

namespace Integration.Http.Tests;

public sealed class Client_certificates(ApacheServer apache) : IClassFixture<ApacheServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new("certificates");

    private string Certificate => _folder.Combine("client.pem");

    private string Key => _folder.Combine("client.key");

    [Fact]
    public async Task A_real_server_that_wants_one_gets_it_and_others_do_not()
    {
        apache.Authority.Issue(Certificate, Key, "integration.test");
        using var outgoing = Trusting();
        var answer = await outgoing.GetAsync(new Uri(apache.MutualUri, "open"));
        answer.Excerpt(100).ShouldBe("This is open.");
        await Eventually.TrueAsync(() => apache.Requests.Contains("integration.test GET /open HTTP/1.1 200"));
        (await outgoing.GetAsync(new Uri(apache.SecureUri, "open"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Without_one_it_is_said_that_the_target_wants_it_and_nothing_is_in_doubt()
    {
        using var outgoing = Trusting(with: false);
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.PostAsync(new Uri(apache.MutualUri, "open"), Effect.Once, "{}")
        );
        error.Code.ShouldBe("client-certificate-refused");
        error.EffectUnknown.ShouldBeFalse();
        error.Target.ShouldBe(apache.MutualUri.Authority);
    }

    [Theory]
    [InlineData(false, "tls-failed")]
    [InlineData(true, "client-certificate-refused")]
    public async Task A_handshake_that_fails_without_a_reason_is_about_certificates_only_where_we_have_one(
        bool with,
        string code
    )
    {
        // What a server says that has no cipher or version in common with us, and before TLS 1.3 one that wants a certificate.
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadAsync();
            await conversation.WriteAsync(new byte[] { 0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 40 });
            await conversation.ReadRestAsync();
        });
        apache.Authority.Issue(Certificate, Key, "integration.test");
        var options = new HttpTransportOptions();
        options.Targets["mutual"] = new HttpTargetOptions
        {
            Hosts = target.Uri.Authority,
            ClientCertificateFile = with ? Certificate : "",
            ClientKeyFile = with ? Key : "",
        };
        using var outgoing = new Outgoing(transport: options);
        var error = await Should.ThrowAsync<TaskErrorException>(() =>
            outgoing.GetAsync(new Uri($"https://127.0.0.1:{target.Port}/"), Outgoing.Limits with { Retries = 0 })
        );
        error.Code.ShouldBe(code, error.ToString());
    }

    [Fact]
    public async Task Before_TLS_1_3_a_real_server_that_wants_one_is_told_as_such_although_it_gives_no_reason()
    {
        apache.Authority.Issue(Certificate, Key, "127.0.0.1");
        var port = FreePort.Next();
        var start = new ProcessStartInfo(
            "openssl",
            $"s_server -accept {port} -tls1_2 -cert {Certificate} -key {Key} -Verify 1"
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var server = Process.Start(start)!;
        try
        {
            using var outgoing = new Outgoing(
                new EgressOptions { AllowLoopback = true, TrustedAuthorities = apache.Authority.PemFile }
            );
            TaskErrorException? error = null;
            await Eventually.TrueAsync(async () =>
            {
                error = await Should.ThrowAsync<TaskErrorException>(() =>
                    outgoing.PostAsync(new Uri($"https://127.0.0.1:{port}/"), Effect.Once, "{}")
                );
                return error.Code != "connection-refused";
            });
            error!.Code.ShouldBe("client-certificate-refused", error.ToString());
            error.Message.ShouldContain("handshake failure");
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public async Task One_of_an_authority_that_the_target_does_not_know_is_told_as_such()
    {
        using var other = new TestAuthority();
        other.Issue(Certificate, Key, "stranger.test");
        using var outgoing = Trusting();
        var error = await Should.ThrowAsync<TaskErrorException>(() =>
            outgoing.GetAsync(new Uri(apache.MutualUri, "open"))
        );
        error.Code.ShouldBe("client-certificate-refused", error.ToString());
    }

    [Fact]
    public async Task An_expired_one_is_not_shown_and_named_with_its_date()
    {
        var until = DateTimeOffset.UtcNow.AddHours(-1);
        apache.Authority.Issue(Certificate, Key, "integration.test", until);
        using var outgoing = Trusting();
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.GetAsync(new Uri(apache.MutualUri, "open"))
        );
        error.Code.ShouldBe("client-certificate-unusable");
        error.Message.ShouldContain("CN=integration.test");
        error.Message.ShouldContain(until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        error.Message.ShouldContain("Http__Targets__mutual__ClientCertificateFile");
        error.Target.ShouldBe(apache.MutualUri.Authority);
    }

    [Fact]
    public async Task One_that_is_renewed_is_used_for_the_next_connection()
    {
        apache.Authority.Issue(Certificate, Key, "before.test");
        using var outgoing = Trusting(lifetime: TimeSpan.FromMilliseconds(1));
        await outgoing.GetAsync(new Uri(apache.MutualUri, "open"));
        apache.Authority.Issue(Certificate, Key, "after.test");
        await Eventually.TrueAsync(async () =>
        {
            await outgoing.GetAsync(new Uri(apache.MutualUri, "open"));
            return apache.Requests.Contains("after.test GET /open HTTP/1.1 200");
        });
    }

    [Fact]
    public async Task A_renewal_that_is_half_done_leaves_the_one_before_in_use_and_is_logged()
    {
        apache.Authority.Issue(Certificate, Key, "before.test");
        using var outgoing = Trusting(lifetime: TimeSpan.FromMilliseconds(1));
        await outgoing.GetAsync(new Uri(apache.MutualUri, "open"));
        apache.Authority.Issue(Certificate, _folder.Combine("other.key"), "after.test");
        await Eventually.TrueAsync(async () =>
        {
            (await outgoing.GetAsync(new Uri(apache.MutualUri, "open"))).Status.ShouldBe(200);
            return outgoing.Logs.Lines.Any(line =>
                line.Contains("the one before stays in use", StringComparison.Ordinal)
            );
        });
    }

    public void Dispose() => _folder.Dispose();

    private Outgoing Trusting(bool with = true, TimeSpan? lifetime = null)
    {
        var options = new HttpTransportOptions { ConnectionLifetime = lifetime ?? TimeSpan.FromMinutes(1) };
        options.Targets["mutual"] = new HttpTargetOptions
        {
            Hosts = apache.MutualUri.Authority,
            ClientCertificateFile = with ? Certificate : "",
            ClientKeyFile = with ? Key : "",
            TrustedAuthorities = apache.Authority.PemFile,
        };
        options.Targets["other"] = new HttpTargetOptions
        {
            Hosts = apache.SecureUri.Authority,
            TrustedAuthorities = apache.Authority.PemFile,
        };
        return new Outgoing(new EgressOptions { AllowLoopback = true }, options);
    }
}
