using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Http.Tests;

public sealed class Proxies(SquidServer squid, ApacheServer apache)
    : IClassFixture<SquidServer>,
        IClassFixture<ApacheServer>
{
    [Fact]
    public async Task A_target_with_http_is_called_over_a_real_proxy_that_finds_its_name()
    {
        using var outgoing = Over(Proxied());
        var answer = await outgoing.GetAsync(Named("http", "open?plain"));
        answer.Excerpt(100).ShouldBe("This is open.");
        await Eventually.TrueAsync(() =>
            squid.Requests.Any(line => line.Contains("integration GET", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_target_with_https_gets_a_tunnel_and_the_proxy_sees_no_path()
    {
        using var outgoing = Over(Proxied(), new EgressOptions { TrustedAuthorities = apache.Authority.PemFile });
        // The certificate is for 127.0.0.1, so what is refused here was sent by the target behind the tunnel.
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.GetAsync(Named("https", "open?hidden"))
        );
        error.Code.ShouldBe("certificate-refused");
        error.Message.ShouldContain("it is for another host");
        await Eventually.TrueAsync(() =>
            squid.Requests.Contains($"integration CONNECT target.test:{apache.SecureUri.Port} 200")
        );
        squid.Requests.ShouldAllBe(line => !line.Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_a_tunnel_HTTP_2_is_spoken_and_the_connection_used_again()
    {
        await using var target = await HttpTarget.StartAsync(
            _ => Task.CompletedTask,
            apache.Authority.Issue(host: "target.test")
        );
        using var outgoing = Over(Proxied(), new EgressOptions { TrustedAuthorities = apache.Authority.PemFile });
        var uri = new Uri($"https://target.test:{target.Uri.Port}/");
        await outgoing.GetAsync(uri);
        await outgoing.GetAsync(uri);
        target.Requests.Select(request => request.Protocol).ShouldBe(["HTTP/2", "HTTP/2"]);
        target.Connections.ShouldBe(1);
    }

    [Theory]
    [InlineData("https", "proxy-unauthorised")]
    [InlineData("http", "unauthorised")]
    public async Task Wrong_credentials_are_told_as_the_proxys(string scheme, string code)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("password");
        await File.WriteAllTextAsync(file, "wrong-password");
        var options = Proxied();
        options.ProxyPasswordFile = file;
        using var outgoing = Over(options);
        var error = await Should.ThrowAsync<AccessErrorException>(() => outgoing.GetAsync(Named(scheme, "open")));
        error.Code.ShouldBe(code);
        error.Message.ShouldContain("proxy");
        error.Message.ShouldNotContain("wrong-password");
    }

    [Fact]
    public async Task A_password_that_is_replaced_is_used_without_a_restart()
    {
        using var folder = new TemporaryFolder();
        var options = Proxied();
        options.ProxyPasswordFile = folder.Combine("password");
        await File.WriteAllTextAsync(options.ProxyPasswordFile, "the-one-before");
        using var outgoing = Over(options);
        await Should.ThrowAsync<AccessErrorException>(() => outgoing.GetAsync(Named("http", "open")));
        File.Copy(squid.PasswordFile, options.ProxyPasswordFile, overwrite: true);
        (await outgoing.GetAsync(Named("http", "open"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_the_proxy_forbids_and_what_it_cannot_reach_are_told_apart()
    {
        using var outgoing = Over(Proxied());
        var forbidden = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.GetAsync(new Uri("https://forbidden.test/"))
        );
        forbidden.Code.ShouldBe("proxy-refused");
        forbidden.Message.ShouldContain("403");

        var gone = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.GetAsync(new Uri($"https://target.test:{FreePort.Next()}/"), Outgoing.Limits with { Retries = 0 })
        );
        gone.Code.ShouldBe("proxy-failed");
        gone.EffectUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_excluded_is_called_directly()
    {
        var options = Proxied();
        options.ProxyExclusions = "*.internal.test, 127.0.0.0/8";
        using var outgoing = Over(options, new EgressOptions { AllowLoopback = true });
        await using var target = await HttpTarget.AnsweringAsync(200);
        (await outgoing.GetAsync(target.Uri)).Status.ShouldBe(200);
        target.Requests.ShouldHaveSingleItem().Headers.ContainsKey("Via").ShouldBeFalse();
    }

    [Fact]
    public async Task A_proxy_of_some_targets_is_for_them_alone_and_they_do_not_see_its_credentials()
    {
        var options = new HttpTransportOptions();
        options.Targets["outside"] = new HttpTargetOptions
        {
            Hosts = "*.test",
            Proxy = squid.Address,
            ProxyUserName = squid.User,
            ProxyPasswordFile = squid.PasswordFile,
        };
        using var outgoing = Over(options, new EgressOptions { AllowLoopback = true });
        await using var target = await HttpTarget.AnsweringAsync(200);
        await outgoing.GetAsync(new Uri($"http://target.test:{target.Uri.Port}/"));
        await outgoing.GetAsync(target.Uri);
        var (over, direct) = (target.Requests.First(), target.Requests.Last());
        over.Headers.ContainsKey("Via").ShouldBeTrue();
        over.Headers.ContainsKey("Proxy-Authorization").ShouldBeFalse();
        direct.Headers.ContainsKey("Via").ShouldBeFalse();
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/", "", "", "127.0.0.1 is loopback")]
    [InlineData("http://localhost:1/", "", "", "127.0.0.1 is loopback")]
    [InlineData("http://10.1.2.3/", "", "", "10.1.2.3 is a private address")]
    [InlineData("http://169.254.169.254/", "*", "", "link-local")]
    [InlineData("https://[::ffff:169.254.169.254]/", "", "", "link-local")]
    [InlineData("http://2852039166/", "", "", "link-local")]
    [InlineData("http://evil.test/", "", "*.test", "the rule '*.test' in Egress__Deny forbids it")]
    [InlineData("http://evil.test/", "api.test, 0.0.0.0/0", "", "no rule in Egress__Allow fits its name")]
    [InlineData("https://api.test:8443/", "api.test:443", "", "no rule in Egress__Allow fits its name")]
    public async Task The_guard_judges_what_it_can_see_behind_a_proxy(
        string uri,
        string allow,
        string deny,
        string reason
    )
    {
        using var outgoing = Over(Proxied(), new EgressOptions { Allow = allow, Deny = deny });
        var error = await Should.ThrowAsync<AccessErrorException>(() => outgoing.GetAsync(new Uri(uri)));
        error.Code.ShouldBe("egress-refused");
        error.Message.ShouldContain(reason);
        squid.Requests.ShouldAllBe(line => !line.Contains(new Uri(uri).Authority, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://169.254.169.254:3128", "")]
    [InlineData("", "127.0.0.1")]
    public async Task A_proxy_may_be_inside_but_not_where_nothing_may_be(string proxy, string deny)
    {
        var options = Proxied();
        options.Proxy = proxy.Length > 0 ? proxy : squid.Address;
        using var outgoing = Over(options, new EgressOptions { Deny = deny });
        var error = await Should.ThrowAsync<AccessErrorException>(() => outgoing.GetAsync(Named("https", "open")));
        error.Code.ShouldBe("egress-refused");
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", "speaks no HTTP")]
    [InlineData("HTTP/1.1 200", "speaks no HTTP")]
    public async Task What_is_no_proxy_is_told_as_such(string answer, string expected)
    {
        await using var proxy = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(answer);
        });
        using var outgoing = Over(new HttpTransportOptions { Proxy = $"http://127.0.0.1:{proxy.Port}" });
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.GetAsync(new Uri("https://target.test/"), Outgoing.Limits with { Retries = 0 })
        );
        error.Code.ShouldBe("proxy-failed");
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task A_proxy_that_never_answers_ends_in_the_time_for_a_connection()
    {
        await using var proxy = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        using var outgoing = Over(new HttpTransportOptions { Proxy = $"http://127.0.0.1:{proxy.Port}" });
        var limits = Outgoing.Limits with { Retries = 0, Connect = TimeSpan.FromMilliseconds(200) };
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.GetAsync(new Uri("https://target.test/"), limits)
        );
        error.Code.ShouldBe("connect-timeout");
        error.EffectUnknown.ShouldBeFalse();
    }

    private Uri Named(string scheme, string path) =>
        new($"{scheme}://target.test:{(scheme == "http" ? apache.Uri : apache.SecureUri).Port}/{path}");

    private HttpTransportOptions Proxied() =>
        new()
        {
            Proxy = squid.Address,
            ProxyUserName = squid.User,
            ProxyPasswordFile = squid.PasswordFile,
        };

    /// <summary>With nothing inside allowed: the proxy is named, and that is enough.</summary>
    private static Outgoing Over(HttpTransportOptions options, EgressOptions? egress = null) =>
        new(egress ?? new EgressOptions(), options);
}
