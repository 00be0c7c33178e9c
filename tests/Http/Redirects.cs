using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Sdk;
using Microsoft.AspNetCore.Http;

namespace Integration.Http.Tests;

public sealed class Redirects(ApacheServer apache) : IClassFixture<ApacheServer>
{
    private const string Secret = "s3cret-value";

    [Theory]
    [InlineData("permanent")]
    [InlineData("found")]
    [InlineData("see-other")]
    [InlineData("temporary")]
    [InlineData("for-good")]
    public async Task Those_of_a_real_server_are_followed_when_the_call_allows_it(string path)
    {
        using var outgoing = Trusting();
        var call = Outgoing.Get(new Uri(apache.Uri, path));
        (await outgoing.SendAsync(call with { Redirects = 1 })).Excerpt(100).ShouldBe("This is open.");
        var error = await Should.ThrowAsync<DataErrorException>(() => outgoing.SendAsync(call));
        error.Code.ShouldBe("redirected");
    }

    [Fact]
    public async Task From_http_to_https_is_followed_and_the_other_way_round_never()
    {
        using var outgoing = Trusting();
        (
            await outgoing.SendAsync(Outgoing.Get(new Uri(apache.Uri, "to-https")) with { Redirects = 1 })
        ).Status.ShouldBe(200);
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.SendAsync(Outgoing.Get(new Uri(apache.SecureUri, "down")) with { Redirects = 5 })
        );
        error.Code.ShouldBe("redirect-refused");
        error.Message.ShouldContain("from https to http");
        error.Target.ShouldBe(apache.SecureUri.Authority);
    }

    [Fact]
    public async Task A_loop_ends()
    {
        using var outgoing = Trusting();
        var error = await Should.ThrowAsync<DataErrorException>(() =>
            outgoing.SendAsync(Outgoing.Get(new Uri(apache.Uri, "loop")) with { Redirects = 3 })
        );
        error.Code.ShouldBe("too-many-redirects");
        (await apache.RequestsAsync("/loop ", least: 4)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Each_hop_passes_the_guard()
    {
        using var outgoing = Trusting();
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.SendAsync(Outgoing.Get(new Uri(apache.Uri, "inside")) with { Redirects = 1 })
        );
        error.Code.ShouldBe("egress-refused");
        error.Target.ShouldBe("169.254.169.254:80");
    }

    [Fact]
    public async Task The_same_origin_gets_everything_again()
    {
        using var outgoing = Trusting();
        outgoing.Secrets["KEY"] = new SecretOptions { Value = apache.Password, Hosts = "127.0.0.1" };
        var answer = await outgoing.SendAsync(
            Outgoing.Get(new Uri(apache.Uri, "to-basic")) with
            {
                Redirects = 1,
                Authentication = new(AuthenticationType.Basic, UserName: apache.User, Password: "{{secrets.KEY}}"),
            }
        );
        answer.Excerpt(100).ShouldBe("This is basic.");
    }

    [Fact]
    public async Task Another_origin_gets_neither_credentials_nor_headers_of_the_task_nor_the_query()
    {
        await using var other = await HttpTarget.AnsweringAsync(200);
        await using var target = await LeadingAsync(302, _ => $"{other.Uri}there");
        using var outgoing = Trusting();
        outgoing.Secrets["KEY"] = new SecretOptions { Value = Secret, Hosts = "127.0.0.1" };
        await outgoing.SendAsync(
            Outgoing.Get(new Uri($"{target.Uri}?token={Secret}")) with
            {
                Redirects = 1,
                Headers = [new("X-Tenant", "acme"), new("Cookie", "session=1"), new("Accept-Language", "de")],
                Authentication = new(AuthenticationType.Bearer, Token: "{{secrets.KEY}}"),
            }
        );
        target.Requests.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe($"Bearer {Secret}");
        var request = other.Requests.ShouldHaveSingleItem();
        request.Target.ShouldBe("/there");
        request.Headers.Keys.Order(StringComparer.Ordinal).ShouldBe(["Accept-Encoding", "Accept-Language", "Host"]);
    }

    [Fact]
    public async Task An_address_at_another_origin_that_holds_a_secret_of_ours_is_not_called()
    {
        await using var other = await HttpTarget.AnsweringAsync(200);
        await using var target = await LeadingAsync(302, context => $"{other.Uri}{context.Request.QueryString}");
        using var outgoing = Trusting();
        outgoing.Secrets["KEY"] = new SecretOptions { Value = Secret, Hosts = "127.0.0.1" };
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.SendAsync(
                Outgoing.Get(target.Uri) with
                {
                    Redirects = 1,
                    Authentication = new(
                        AuthenticationType.ApiKey,
                        Name: "key",
                        Value: "{{secrets.KEY}}",
                        In: ApiKeyPlace.Query
                    ),
                }
            )
        );
        error.Code.ShouldBe("redirect-refused");
        error.Message.ShouldNotContain(Secret);
        other.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x", "no address of http")]
    [InlineData("http://ada:hunter2@127.0.0.1/x", "holds credentials")]
    public async Task An_address_that_is_not_safe_is_not_called(string address, string reason)
    {
        await using var target = await LeadingAsync(302, _ => address);
        using var outgoing = Trusting();
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.SendAsync(Outgoing.Get(target.Uri) with { Redirects = 1 })
        );
        error.Code.ShouldBe("redirect-refused");
        error.Message.ShouldContain(reason);
        error.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData(303, Effect.Idempotent, "GET", "")]
    [InlineData(307, Effect.Idempotent, "PUT", "body")]
    [InlineData(308, Effect.Idempotent, "PUT", "body")]
    [InlineData(301, Effect.Idempotent, null, null)]
    [InlineData(302, Effect.Idempotent, null, null)]
    [InlineData(303, Effect.Once, null, null)]
    [InlineData(307, Effect.Once, null, null)]
    public async Task A_call_that_changes_something_is_repeated_there_only_where_that_is_meant_and_safe(
        int status,
        Effect effect,
        string? method,
        string? body
    )
    {
        await using var target = await LeadingAsync(status, _ => "/there");
        using var outgoing = Trusting();
        var call = outgoing.SendAsync(Put(target.Uri, effect));
        if (method is null)
        {
            var error = await Should.ThrowAsync<DataErrorException>(() => call);
            error.Code.ShouldBe("redirected");
            error.EffectUnknown.ShouldBeTrue();
            target.Requests.Count.ShouldBe(1);
            return;
        }

        await call;
        var second = target.Requests.Last();
        (second.Method, second.Target, second.Body).ShouldBe((method, "/there", body!));
        second.Headers.ContainsKey("Content-Type").ShouldBe(body!.Length > 0);
    }

    [Fact]
    public async Task A_body_goes_to_no_other_origin()
    {
        await using var other = await HttpTarget.AnsweringAsync(200);
        await using var target = await LeadingAsync(307, _ => $"{other.Uri}there");
        using var outgoing = Trusting();
        var error = await Should.ThrowAsync<DataErrorException>(() =>
            outgoing.SendAsync(Put(target.Uri, Effect.Idempotent))
        );
        error.Code.ShouldBe("redirected");
        other.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_failure_behind_a_redirect_is_told_as_that_of_the_other_place()
    {
        await using var other = await HttpTarget.AnsweringAsync(404);
        await using var target = await LeadingAsync(302, _ => $"{other.Uri}customers/4711?x=1");
        using var outgoing = Trusting();
        var error = await Should.ThrowAsync<DataErrorException>(() =>
            outgoing.SendAsync(Outgoing.Get(target.Uri) with { Redirects = 1 })
        );
        error.Code.ShouldBe("not-found");
        error.Target.ShouldBe(other.Uri.Authority);
        error.Message.ShouldStartWith($"GET {other.Uri}… answered 404");
        error.Message.ShouldNotContain("4711");
    }

    private static HttpCall Put(Uri uri, Effect effect) =>
        Outgoing.Get(uri) with
        {
            Method = HttpMethod.Put,
            Body = "body"u8.ToArray(),
            Headers = [new("Content-Type", "text/plain")],
            MayRepeat = effect != Effect.Once,
            Redirects = 1,
        };

    /// <summary>Leads every request elsewhere, but those to /there.</summary>
    private static Task<HttpTarget> LeadingAsync(int status, Func<HttpContext, string> address) =>
        HttpTarget.StartAsync(context =>
        {
            if (context.Request.Path == "/there")
                return Task.CompletedTask;
            context.Response.StatusCode = status;
            context.Response.Headers.Location = address(context);
            return Task.CompletedTask;
        });

    private Outgoing Trusting() =>
        new(new EgressOptions { AllowLoopback = true, TrustedAuthorities = apache.Authority.PemFile });
}
