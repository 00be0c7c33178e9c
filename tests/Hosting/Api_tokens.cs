using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Integration.Fixtures;

namespace Integration.Hosting.Tests;

/// <summary>Who calls is told by a token, and what it may do by the token's role.</summary>
public sealed class Api_tokens
{
    [Theory]
    [InlineData(null, 401, 401, 401, 401)]
    [InlineData(ApiRole.Viewer, 200, 403, 403, 403)]
    [InlineData(ApiRole.Operator, 200, 200, 403, 403)]
    [InlineData(ApiRole.Administrator, 200, 200, 200, 403)]
    public async Task A_role_may_do_what_it_is_for_and_nobody_what_no_role_is_named_for(
        ApiRole? role,
        int look,
        int act,
        int decide,
        int forgotten
    )
    {
        await using var api = await TestApi.StartAsync();
        await api.NewTokenAsync("someone", ApiRole.Viewer);
        var token = role is { } has ? await api.NewTokenAsync("anna", has) : null;
        await ClosedAsync(api);

        using var looked = await api.SendAsync(HttpMethod.Get, "/things", token);
        using var acted = await api.SendAsync(HttpMethod.Post, "/things", token);
        using var decided = await api.SendAsync(HttpMethod.Delete, "/things", token);
        using var found = await api.SendAsync(HttpMethod.Get, "/forgotten", token);

        new[] { looked, acted, decided, found }
            .Select(answer => (int)answer.StatusCode)
            .ShouldBe([look, act, decide, forgotten]);
    }

    [Fact]
    public async Task Who_calls_is_the_name_of_the_token()
    {
        await using var api = await TestApi.StartAsync();
        var token = await api.NewTokenAsync("anna", ApiRole.Operator);

        using var answer = await api.GetAsync(token);

        var caller = await answer.Content.ReadFromJsonAsync<JsonElement>();
        caller.GetProperty("name").GetString().ShouldBe("anna");
    }

    [Fact]
    public async Task A_caller_without_a_token_learns_how_to_show_one()
    {
        await using var api = await TestApi.StartAsync(Configured(out _));

        using var answer = await api.GetAsync();

        (await answer.ProblemAsync(HttpStatusCode.Unauthorized))
            .GetProperty("detail")
            .GetString()!
            .ShouldContain("Authorization: Bearer TOKEN");
        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().ToString().ShouldBe("Bearer realm=\"test-api\"");
    }

    [Fact]
    public async Task A_caller_with_too_low_a_role_learns_which_one_is_needed()
    {
        await using var api = await TestApi.StartAsync();
        var token = await api.NewTokenAsync("anna", ApiRole.Viewer);

        using var answer = await api.SendAsync(HttpMethod.Delete, "/things", token);

        var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden);
        problem.GetProperty("role").GetString().ShouldBe("administrator");
        problem.GetProperty("detail").GetString()!.ShouldContain("'anna' has the role viewer");
    }

    [Fact]
    public async Task A_token_that_is_unknown_revoked_or_expired_is_not_taken_and_never_repeated()
    {
        await using var api = await TestApi.StartAsync();
        var revoked = await api.NewTokenAsync("revoked", ApiRole.Viewer);
        (await api.GetAsync(revoked)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.Tokens.RevokeAsync("revoked", CancellationToken.None)).ShouldBeTrue();
        var expired = await api.NewTokenAsync("expired", ApiRole.Viewer, DateTimeOffset.UtcNow.AddMinutes(-1));
        var unknown = ApiTokenText.Create();

        foreach (var (token, why) in new[] { (revoked, "revoked"), (expired, "expired"), (unknown, "not known") })
        {
            using var answer = await api.GetAsync(token);
            var problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized);
            problem.GetProperty("detail").GetString()!.ShouldContain(why);
            problem.ToString().ShouldNotContain(token);
            answer.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"");
        }
    }

    [Fact]
    public async Task What_is_no_token_of_ours_is_not_taken_for_one()
    {
        await using var api = await TestApi.StartAsync(Configured(out var token));

        foreach (var given in new[] { $"Bearer {token}x", $"Basic {token}", token, "Bearer", "Bearer a.b.c" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/things");
            request.Headers.TryAddWithoutValidation("Authorization", given);
            using var answer = await api.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, given);
        }

        using var twice = new HttpRequestMessage(HttpMethod.Get, "/things");
        twice.Headers.TryAddWithoutValidation("Authorization", new[] { $"Bearer {token}", $"Bearer {token}" });
        (await api.Http.SendAsync(twice)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_body_of_an_unknown_caller_is_not_read()
    {
        await using var api = await TestApi.StartAsync(Configured(out _));

        // Announced and never sent: who waits for it does not answer.
        var answer = await RawHttp.SendAsync(
            api.Http.BaseAddress!,
            "POST /things HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n"
        );

        answer.Status.ShouldBe(401);
    }

    [Fact]
    public async Task Health_routes_ask_nobody_whatever_they_bring_along()
    {
        await using var api = await TestApi.StartAsync(Configured(out _));

        foreach (var path in new[] { Health.Live, Health.Ready })
        {
            (await api.GetAsync(path: path)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await api.GetAsync("intk_wrong", path)).StatusCode.ShouldBe(HttpStatusCode.OK);
            using var probe = new HttpRequestMessage(HttpMethod.Get, path);
            probe.Headers.Host = "10.0.0.7:8080";
            (await api.Http.SendAsync(probe)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task The_last_use_is_known_to_the_minute()
    {
        await using var api = await TestApi.StartAsync();
        var token = await api.NewTokenAsync("anna", ApiRole.Viewer);
        (await ListedAsync(api)).LastUsedAt.ShouldBeNull();

        using var answer = await api.GetAsync(token);

        DateTimeOffset
            .FromUnixTimeMilliseconds((await ListedAsync(api)).LastUsedAt!.Value)
            .ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(2));

        static async Task<ApiToken> ListedAsync(TestApi api) =>
            (await api.Tokens.ListAsync(CancellationToken.None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task On_loopback_everybody_may_do_everything_until_the_first_token_is_made()
    {
        await using var api = await TestApi.StartAsync();
        (await api.SendAsync(HttpMethod.Delete, "/things")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await api.NewTokenAsync("anna", ApiRole.Viewer);

        await ClosedAsync(api);
    }

    [Fact]
    public async Task Losing_the_last_token_opens_nothing()
    {
        await using var api = await TestApi.StartAsync();
        await api.NewTokenAsync("anna", ApiRole.Viewer);
        await api.Tokens.RevokeAsync("anna", CancellationToken.None);

        await ClosedAsync(api);
    }

    [Fact]
    public async Task A_service_that_asks_nobody_ignores_what_a_proxy_sends_along_but_not_a_wrong_token()
    {
        await using var api = await TestApi.StartAsync();

        (await api.GetAsync("of.another.system")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.GetAsync(ApiTokenText.Create())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_known_caller_learns_that_there_is_no_such_route_and_a_stranger_does_not()
    {
        await using var api = await TestApi.StartAsync(Configured(out var token));

        (await api.GetAsync(token, "/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.SendAsync(HttpMethod.Patch, "/things", token)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await api.GetAsync(path: "/nothing")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>Settings with an administrator's token.</summary>
    internal static string[] Configured(out string token, string name = "first", string role = "administrator")
    {
        token = ApiTokenText.Create();
        return [$"--Api:Tokens:{name}:Hash={ApiTokenText.Hash(token)}", $"--Api:Tokens:{name}:Role={role}"];
    }

    private static Task ClosedAsync(TestApi api) =>
        Eventually.PassesAsync(async () => (await api.GetAsync()).StatusCode.ShouldBe(HttpStatusCode.Unauthorized));
}
