using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Integration.Fixtures;

namespace Integration.Hosting.Tests;

/// <summary>JWT of a real OpenID provider.</summary>
public sealed class Tokens_of_a_provider : IAsyncLifetime
{
    private const string Audience = "integration";

    private OpenIdProvider _provider = null!;

    public async ValueTask InitializeAsync() => _provider = await OpenIdProvider.StartAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Theory]
    [InlineData("""{"roles": ["viewer"]}""", 200, 403, 403)]
    [InlineData("""{"roles": ["operator", "other"]}""", 200, 200, 403)]
    [InlineData("""{"roles": ["viewer", "administrator"]}""", 200, 200, 200)]
    [InlineData("""{"roles": "viewer operator"}""", 200, 200, 403)]
    [InlineData("""{"roles": ["boss"]}""", 403, 403, 403)]
    [InlineData("{}", 403, 403, 403)]
    public async Task Its_claim_says_which_role_a_caller_has(string claims, int look, int act, int decide)
    {
        await using var api = await StartAsync();
        var jwt = await _provider.TokenAsync("anna", Audience, claims);

        using var looked = await api.SendAsync(HttpMethod.Get, "/things", jwt);
        using var acted = await api.SendAsync(HttpMethod.Post, "/things", jwt);
        using var decided = await api.SendAsync(HttpMethod.Delete, "/things", jwt);

        new[] { looked, acted, decided }.Select(answer => (int)answer.StatusCode).ShouldBe([look, act, decide]);
    }

    [Theory]
    [InlineData("""{"realm_access": {"roles": ["ops"]}}""", "realm_access.roles")]
    [InlineData("""{"https://example/roles": ["ops"]}""", "https://example/roles")]
    [InlineData("""{"groups": ["ops"]}""", "groups")]
    public async Task Claims_and_values_are_called_as_the_provider_calls_them(string claims, string claim)
    {
        await using var api = await StartAsync($"--Api:Jwt:RoleClaim={claim}", "--Api:Jwt:Operators=ops, staff");
        var jwt = await _provider.TokenAsync("anna", Audience, claims);

        (await api.SendAsync(HttpMethod.Post, "/things", jwt)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.SendAsync(HttpMethod.Delete, "/things", jwt)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("sub", "anna")]
    [InlineData("email", "anna@example.org")]
    [InlineData("no-such-claim", "anna")]
    public async Task Who_calls_is_the_subject_or_what_the_setting_names(string claim, string name)
    {
        await using var api = await StartAsync($"--Api:Jwt:NameClaim={claim}");
        var jwt = await _provider.TokenAsync(
            "anna",
            Audience,
            """{"roles": ["viewer"], "email": "anna@example.org"}"""
        );

        using var answer = await api.GetAsync(jwt);

        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("name").GetString().ShouldBe(name);
    }

    [Fact]
    public async Task A_JWT_for_another_service_of_another_provider_or_that_was_changed_is_not_taken()
    {
        await using var api = await StartAsync();
        await using var stranger = await OpenIdProvider.StartAsync();
        const string Claims = """{"roles": ["administrator"]}""";
        var right = await _provider.TokenAsync("anna", Audience, Claims);
        (await api.GetAsync(right)).StatusCode.ShouldBe(HttpStatusCode.OK);

        foreach (
            var wrong in new[]
            {
                await _provider.TokenAsync("anna", "another", Claims),
                await stranger.TokenAsync("anna", Audience, Claims),
                right[..^6] + "AAAAAA",
                right.Split('.')[0] + "." + right.Split('.')[1] + ".",
            }
        )
        {
            using var answer = await api.GetAsync(wrong);
            (await answer.ProblemAsync(HttpStatusCode.Unauthorized)).ToString().ShouldNotContain(wrong);
        }
    }

    [Fact]
    public async Task API_tokens_work_beside_it_and_without_either_nobody_is_let_in()
    {
        await using var api = await StartAsync();
        var token = await api.NewTokenAsync("bert", ApiRole.Viewer);

        (await api.GetAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.GetAsync()).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task While_the_provider_is_away_the_answer_says_so_and_API_tokens_work()
    {
        await using var api = await StartAsync();
        var token = await api.NewTokenAsync("bert", ApiRole.Viewer);
        var jwt = await _provider.TokenAsync("anna", Audience, """{"roles": ["viewer"]}""");
        await _provider.DisposeAsync();

        using var answer = await api.GetAsync(jwt);

        (await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable))
            .GetProperty("detail")
            .GetString()!
            .ShouldContain("does not answer");
        (await api.GetAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private Task<TestApi> StartAsync(params string[] settings) =>
        TestApi.StartAsync([
            $"--Api:Jwt:Authority={_provider.Authority}",
            $"--Api:Jwt:Audience={Audience}",
            .. settings,
        ]);
}
