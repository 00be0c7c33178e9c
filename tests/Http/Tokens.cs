using System.Text;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Sdk;
using Microsoft.AspNetCore.Http;

namespace Integration.Http.Tests;

/// <summary>OAuth 2 client credentials against an endpoint that fails as the test wants.</summary>
public sealed class Tokens : IAsyncLifetime
{
    private const string Secret = "cl1ent:sécret";

    private readonly Outgoing _outgoing = new();
    private TokenEndpointDouble _endpoint = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await TokenEndpointDouble.StartAsync();
        _outgoing.Secrets["CLIENT"] = new SecretOptions { Value = Secret, Hosts = "127.0.0.1" };
    }

    [Fact]
    public async Task One_token_serves_all_calls_until_it_expires()
    {
        for (var i = 0; i < 3; i++)
            await CallAsync();
        _endpoint.Issued.ShouldBe(1);
        _endpoint.Target.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_token_is_not_used_to_its_very_end()
    {
        _endpoint.Members = ",\"expires_in\":\"1\"";
        await CallAsync();
        await Eventually.TrueAsync(async () =>
        {
            await CallAsync();
            return _endpoint.Issued >= 2;
        });
    }

    [Fact]
    public async Task A_token_is_asked_for_once_for_all_who_wait_and_one_that_gives_up_takes_nobody_with_it()
    {
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _endpoint.Answer = async _ =>
        {
            asked.TrySetResult();
            await go.Task;
            return false;
        };
        using var impatient = new CancellationTokenSource();
        var first = CallAsync(cancellation: impatient.Token);
        await asked.Task.WaitAsync(Eventually.Patience);
        var others = Enumerable.Range(0, 20).Select(_ => CallAsync()).ToList();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        go.SetResult();
        foreach (var answer in await Task.WhenAll(others))
            answer.Status.ShouldBe(200);
        _endpoint.Issued.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_the_target_refuses_is_asked_for_anew_once_and_a_call_of_once_is_sent_again()
    {
        await CallAsync();
        Withdraw();
        var calls = Enumerable.Range(0, 8).Select(_ => CallAsync(effect: Effect.Once)).ToList();
        foreach (var answer in await Task.WhenAll(calls))
            answer.Status.ShouldBe(200);
        _endpoint.Issued.ShouldBe(2);
    }

    [Fact]
    public async Task A_target_that_refuses_the_new_token_too_is_told_as_unauthorised()
    {
        await using var target = await HttpTarget.AnsweringAsync(401);
        var error = await Should.ThrowAsync<AccessErrorException>(() => CallAsync(target.Uri));
        error.Code.ShouldBe("unauthorised");
        error.Target.ShouldBe(target.Uri.Authority);
        target.Requests.Count.ShouldBe(2);
        _endpoint.Issued.ShouldBe(2);
    }

    [Fact]
    public async Task The_client_proves_itself_in_a_header_encoded_as_the_standard_says()
    {
        await CallAsync();
        var header = _endpoint.Endpoint.Requests.ShouldHaveSingleItem().Headers["Authorization"];
        Encoding
            .UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..]))
            .ShouldBe("app%201:cl1ent%3As%C3%A9cret".Replace("%20", "+", StringComparison.Ordinal));
        var form = _endpoint.Forms[0];
        form["grant_type"].ShouldBe("client_credentials");
        form.ContainsKey("client_secret").ShouldBeFalse();
    }

    [Fact]
    public async Task Or_in_the_form_beside_scope_audience_resource_and_parameters()
    {
        await CallAsync(
            authentication: Client() with
            {
                ClientAuthentication = ClientAuthentication.Body,
                Scope = "read write",
                Audience = "crm",
                Resource = "https://crm.example/",
                Parameters = new Dictionary<string, string> { ["tenant"] = "{{secrets.CLIENT}}" },
            }
        );
        var form = _endpoint.Forms.ShouldHaveSingleItem();
        form["client_id"].ShouldBe("app 1");
        form["client_secret"].ShouldBe(Secret);
        form["scope"].ShouldBe("read write");
        form["audience"].ShouldBe("crm");
        form["resource"].ShouldBe("https://crm.example/");
        form["tenant"].ShouldBe(Secret);
        _endpoint.Endpoint.Requests.Single().Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Other_scopes_are_other_tokens()
    {
        await CallAsync(authentication: Client() with { Scope = "a" });
        await CallAsync(authentication: Client() with { Scope = "b" });
        await CallAsync(authentication: Client() with { Scope = "a" });
        _endpoint.Issued.ShouldBe(2);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData(null, "gzip")]
    [InlineData("utf-8", "br")]
    public async Task A_token_is_read_behind_a_byte_order_mark_and_out_of_a_packed_answer(
        string? charset,
        string? way = null
    )
    {
        _endpoint.Marked = charset is null ? null : Encoding.GetEncoding(charset);
        _endpoint.Packed = way;
        await CallAsync();
        _endpoint.Target.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(
        400,
        """{"error":"invalid_client","error_description":"ECHO"}""",
        ErrorCategory.Access,
        "token-refused"
    )]
    [InlineData(401, "", ErrorCategory.Access, "token-refused")]
    [InlineData(400, """{"error":"invalid_scope"}""", ErrorCategory.Data, "token-request-refused")]
    [InlineData(404, "<html>", ErrorCategory.Data, "token-request-refused")]
    [InlineData(302, "", ErrorCategory.Data, "token-request-refused")]
    [InlineData(200, "<html>", ErrorCategory.Data, "token-malformed")]
    [InlineData(200, """{"access_token":""}""", ErrorCategory.Data, "token-malformed")]
    [InlineData(200, """{"access_token":"a\r\nX: y"}""", ErrorCategory.Data, "token-malformed")]
    [InlineData(200, """{"access_token":"a","token_type":"mac"}""", ErrorCategory.Data, "token-malformed")]
    [InlineData(200, """{"access_token":"\ud83d"}""", ErrorCategory.Data, "token-malformed")]
    [InlineData(200, """{"access_token":"a","refresh_token":"\ud83d"}""", ErrorCategory.Data, "token-malformed")]
    [InlineData(400, """{"error":"\ud83d"}""", ErrorCategory.Data, "token-request-refused")]
    [InlineData(500, "", ErrorCategory.Connectivity, "token-unavailable")]
    [InlineData(503, "", ErrorCategory.Connectivity, "token-unavailable")]
    [InlineData(429, "", ErrorCategory.Volumetric, "token-throttled")]
    public async Task What_the_endpoint_answers_is_told_apart_and_nothing_is_sent_to_the_target(
        int status,
        string body,
        ErrorCategory category,
        string code
    )
    {
        _endpoint.Answer = async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
            return true;
        };
        var error = await Should.ThrowAsync<TaskErrorException>(() => CallAsync(effect: Effect.Once));
        error.Category.ShouldBe(category);
        error.Code.ShouldBe(code);
        error.Target.ShouldBe(_endpoint.Endpoint.Uri.Authority);
        error.EffectUnknown.ShouldBeFalse();
        error.Message.ShouldContain("token endpoint");
        error.Message.ShouldNotContain("ECHO");
        _endpoint.Target.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task An_endpoint_that_fails_for_a_moment_does_not_fail_a_call_of_once()
    {
        var answers = 0;
        _endpoint.Answer = context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref answers) > 1 ? 200 : 503;
            return Task.FromResult(answers == 1);
        };
        (await CallAsync(effect: Effect.Once)).Status.ShouldBe(200);
        _endpoint.Target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_or_not_allowed_is_named()
    {
        var nowhere = $"http://127.0.0.1:{FreePort.Next()}/token";
        var gone = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            CallAsync(authentication: Client() with { TokenUrl = nowhere })
        );
        gone.Code.ShouldBe("token-unavailable");
        gone.Message.ShouldContain(nowhere);

        _outgoing.Secrets["CLIENT"].Hosts += ",169.254.169.254";
        var refused = await Should.ThrowAsync<AccessErrorException>(() =>
            CallAsync(authentication: Client() with { TokenUrl = "http://169.254.169.254/token" })
        );
        refused.Code.ShouldBe("egress-refused");
        refused.Target.ShouldBe("169.254.169.254:80");
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_ends_in_its_own_time_and_is_blamed()
    {
        await using var silent = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        using var outgoing = new Outgoing(
            transport: new HttpTransportOptions { TokenTimeout = TimeSpan.FromMilliseconds(200) }
        );
        outgoing.Secrets["CLIENT"] = new SecretOptions { Value = Secret, Hosts = "127.0.0.1" };
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            outgoing.SendAsync(
                Outgoing.Get(_endpoint.Target.Uri, Outgoing.Limits with { Retries = 0 }) with
                {
                    Authentication = Client() with { TokenUrl = $"{silent.Uri}token" },
                }
            )
        );
        error.Code.ShouldBe("token-unavailable");
        error.Message.ShouldContain("did not answer within 0.2 s");
    }

    [Fact]
    public async Task A_call_that_has_less_time_than_the_endpoint_takes_blames_the_endpoint()
    {
        await using var silent = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        var limits = Outgoing.Limits with { Retries = 0, Attempt = TimeSpan.FromMilliseconds(200) };
        var error = await Should.ThrowAsync<ConnectivityErrorException>(() =>
            _outgoing.SendAsync(
                Outgoing.Get(_endpoint.Target.Uri, limits) with
                {
                    MayRepeat = false,
                    Authentication = Client() with { TokenUrl = $"{silent.Uri}token" },
                }
            )
        );
        error.Code.ShouldBe("token-unavailable");
        error.EffectUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_goes_only_where_the_secret_that_it_was_got_with_allows_it()
    {
        _outgoing.Secrets["CLIENT"].TokenHosts = "api.example.org";
        var error = await Should.ThrowAsync<AccessErrorException>(() => CallAsync());
        error.Code.ShouldBe("secret-not-for-host");
        error.Message.ShouldContain("Secrets__CLIENT__TokenHosts");
        _endpoint.Endpoint.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_refused_or_fails_is_not_kept()
    {
        _outgoing.Secrets["CLIENT"].TokenHosts = "api.example.org";
        await Should.ThrowAsync<AccessErrorException>(() => CallAsync());
        _outgoing.Secrets["CLIENT"].TokenHosts = "";
        _endpoint.Answer = context =>
        {
            context.Response.StatusCode = 400;
            return Task.FromResult(true);
        };
        await Should.ThrowAsync<DataErrorException>(() => CallAsync());
        _outgoing.Tokens.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Of_too_many_tokens_the_one_that_was_used_least_lately_is_given_up_and_masked_no_more()
    {
        _outgoing.Tokens.KeptAtMost = 3;
        foreach (var scope in new[] { "0", "1", "2", "0", "3" })
            await CallAsync(authentication: Client() with { Scope = scope });
        var (kept, givenUp) = (TokenOf(0), TokenOf(1));
        _outgoing.Tokens.Count.ShouldBe(3);
        _outgoing.Mask.Apply(givenUp).ShouldBe(givenUp);
        _outgoing.Mask.Apply(kept).ShouldBe("***");
    }

    [Fact]
    public void A_token_that_two_clients_have_is_masked_while_one_of_them_uses_it()
    {
        const string Same = "the-same-token-for-all";
        var pairs = new PassingSecrets(_outgoing.Mask, most: 2);
        var others = new PassingSecrets(_outgoing.Mask, most: 2);
        pairs.Add(Same);
        others.Add(Same);
        pairs.Forget();
        _outgoing.Mask.Apply(Same).ShouldBe("***");
        others.Forget();
        _outgoing.Mask.Apply(Same).ShouldBe(Same);
    }

    [Fact]
    public async Task Tokens_are_masked_and_forgotten_when_they_are_of_no_use_any_more()
    {
        await CallAsync();
        var first = TokenOf(0);
        _outgoing.Mask.Apply($"x {first} y").ShouldBe("x *** y");
        for (var i = 0; i < 6; i++)
        {
            Withdraw();
            await CallAsync();
        }

        _outgoing.Mask.Apply(first).ShouldBe(first);
        _outgoing.Mask.Apply(TokenOf(^1)).ShouldBe("***");
    }

    public async ValueTask DisposeAsync()
    {
        _outgoing.Dispose();
        await _endpoint.DisposeAsync();
    }

    private string TokenOf(Index request) =>
        _endpoint.Target.Requests.ToArray()[request].Headers["Authorization"]["Bearer ".Length..];

    private void Withdraw() => _endpoint.Withdrawn.Add(TokenOf(^1));

    private Authentication Client() =>
        new(
            AuthenticationType.OAuth2ClientCredentials,
            TokenUrl: $"{_endpoint.Endpoint.Uri}token",
            ClientId: "app 1",
            ClientSecret: "{{secrets.CLIENT}}"
        );

    private Task<HttpAnswer> CallAsync(
        Uri? uri = null,
        Authentication? authentication = null,
        Effect effect = Effect.Read,
        CancellationToken cancellation = default
    ) =>
        _outgoing.SendAsync(
            Outgoing.Get(uri ?? _endpoint.Target.Uri) with
            {
                Method = HttpMethod.Post,
                MayRepeat = effect != Effect.Once,
                Authentication = authentication ?? Client(),
            },
            cancellation
        );
}
