using System.Net.Http.Headers;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Http.Tests;

public sealed class Digests(ApacheServer apache) : IClassFixture<ApacheServer>
{
    [Fact]
    public async Task A_real_server_is_convinced_and_asks_only_once()
    {
        using var outgoing = With(apache.Password);
        for (var i = 0; i < 3; i++)
        {
            var answer = await outgoing.GetAsync(new Uri(apache.Uri, "digest?once=a,b%20c"), Digest());
            answer.Excerpt(100).ShouldBe("This is digest.");
        }

        apache
            .Requests.Where(line => line.Contains("?once", StringComparison.Ordinal))
            .Select(line => line[^3..])
            .ShouldBe(["401", "200", "200", "200"]);
    }

    [Fact]
    public async Task A_challenge_that_has_become_stale_is_answered_anew()
    {
        using var outgoing = With(apache.Password);
        var uri = new Uri(apache.Uri, "digest-brief?stale");
        await Eventually.TrueAsync(async () =>
        {
            (await outgoing.GetAsync(uri, Digest())).Status.ShouldBe(200);
            return apache.Requests.Count(line => line.Contains("?stale HTTP/1.1 401", StringComparison.Ordinal)) >= 2;
        });
    }

    [Fact]
    public async Task A_wrong_password_is_told_after_one_answer_to_the_challenge()
    {
        using var outgoing = With("wrong-password");
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.GetAsync(new Uri(apache.Uri, "digest?wrong"), Digest())
        );
        error.Code.ShouldBe("unauthorised");
        (await apache.RequestsAsync("?wrong", least: 2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_call_of_once_is_sent_again_with_its_body_after_the_challenge()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            if (context.Request.Headers.Authorization.Count > 0)
                return Task.CompletedTask;
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate =
                """Digest realm="a \"b\"", qop="auth", algorithm=SHA-256, nonce="n-1", opaque="o", userhash=true""";
            return Task.CompletedTask;
        });
        using var outgoing = With("s3cret-value");
        await outgoing.SendAsync(
            Outgoing.Get(target.Uri) with
            {
                Method = HttpMethod.Post,
                Body = "body"u8.ToArray(),
                MayRepeat = false,
                Authentication = Digest(),
            }
        );
        target.Requests.Select(request => request.Body).ShouldBe(["body", "body"]);
        var header = target.Requests.Last().Headers["Authorization"];
        header.ShouldStartWith("Digest username=\"");
        header.ShouldContain("userhash=true");
        header.ShouldContain("""realm="a \"b\"", nonce="n-1", uri="/",""");
        header.ShouldContain("""algorithm=SHA-256, opaque="o", qop=auth, nc=00000001""");
        header.ShouldNotContain("s3cret-value");
    }

    [Theory]
    [InlineData("Basic realm=\"x\"")]
    [InlineData("Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\"")]
    [InlineData("Digest realm=\"x\", nonce=\"y\", algorithm=SHA-512-256")]
    [InlineData("Digest realm=\"x\"")]
    public async Task A_challenge_that_we_cannot_answer_is_told_as_such(string challenge)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = challenge;
            return Task.CompletedTask;
        });
        using var outgoing = With("s3cret-value");
        var error = await Should.ThrowAsync<AccessErrorException>(() => outgoing.GetAsync(target.Uri, Digest()));
        error.Code.ShouldBe("digest-unsupported");
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Target.ShouldBe(target.Uri.Authority);
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_target_that_finds_every_answer_stale_is_not_asked_for_ever()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Digest realm=\"x\", nonce=\"y\", qop=\"auth\", stale=true";
            return Task.CompletedTask;
        });
        using var outgoing = With("s3cret-value");
        var error = await Should.ThrowAsync<AccessErrorException>(() => outgoing.GetAsync(target.Uri, Digest()));
        error.Code.ShouldBe("unauthorised");
        target.Requests.Count.ShouldBeLessThan(6);
    }

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_examples_of_the_standard_come_out_as_there(string algorithm, string response)
    {
        // RFC 7616, 3.9.1.
        var challenge = DigestChallenge.Read(
            $"""realm="http-auth@example.org", qop="auth, auth-int", algorithm={algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS" """
        );
        new DigestSession(challenge.ShouldNotBeNull(), "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
            .Answer("GET", "/dir/index.html", "Mufasa", "Circle of Life")
            .ShouldContain($"response=\"{response}\"");
    }

    [Fact]
    public void The_strongest_of_several_challenges_is_answered()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation(
            "WWW-Authenticate",
            """Digest realm="a", nonce="1", algorithm=MD5, Digest realm="b", nonce="2", algorithm=SHA-256, Basic realm="c" """
        );
        HttpHeaderValueCollection<AuthenticationHeaderValue> challenges = response.Headers.WwwAuthenticate;
        DigestChallenge.Strongest(challenges).ShouldNotBeNull().Realm.ShouldBe("b");
    }

    private Authentication Digest() =>
        new(AuthenticationType.Digest, UserName: apache.User, Password: "{{secrets.KEY}}");

    private static Outgoing With(string password)
    {
        var outgoing = new Outgoing();
        outgoing.Secrets["KEY"] = new SecretOptions { Value = password, Hosts = "127.0.0.1" };
        return outgoing;
    }
}
