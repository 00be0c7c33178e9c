using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Http.Tests;

/// <summary>Basic, bearer and API keys; profiles; what is refused before anything is sent.</summary>
public sealed class Authentications(ApacheServer apache) : IClassFixture<ApacheServer>
{
    private const string Secret = "s3cret/välue";

    [Fact]
    public async Task Basic_opens_what_a_real_server_protects()
    {
        using var outgoing = With(apache.Password);
        var answer = await outgoing.GetAsync(new Uri(apache.Uri, "basic"), Basic(apache.User));
        answer.Excerpt(100).ShouldBe("This is basic.");
        await apache.RequestsAsync("ada GET /basic HTTP/1.1 200", least: 1);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_such_and_tried_once()
    {
        using var outgoing = With("wrong-password");
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.GetAsync(new Uri(apache.Uri, "basic?wrong"), Basic(apache.User))
        );
        error.Code.ShouldBe("unauthorised");
        (await apache.RequestsAsync("wrong", least: 1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_bearer_token_is_sent_in_the_header()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = With("tok-e-n-value");
        await outgoing.GetAsync(target.Uri, new(AuthenticationType.Bearer, Token: "{{secrets.KEY}}"));
        target.Requests.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe("Bearer tok-e-n-value");
    }

    [Fact]
    public async Task An_API_key_is_sent_in_a_header()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = With("key-value-1");
        await outgoing.GetAsync(
            target.Uri,
            new(AuthenticationType.ApiKey, Name: "X-Api-Key", Value: "{{secrets.KEY}}")
        );
        target.Requests.ShouldHaveSingleItem().Headers["X-Api-Key"].ShouldBe("key-value-1");
    }

    [Theory]
    [InlineData("", "/?api%20key=s3cret%2Fv%C3%A4lue")]
    [InlineData("a%2Fb?b=%2F", "/a%2Fb?b=%2F&api%20key=s3cret%2Fv%C3%A4lue")]
    public async Task An_API_key_in_the_query_is_escaped_and_leaves_the_rest_as_it_is(string path, string expected)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = With(Secret);
        await outgoing.GetAsync(
            new Uri($"{target.Uri}{path}"),
            new(AuthenticationType.ApiKey, Name: "api key", Value: "{{secrets.KEY}}", In: ApiKeyPlace.Query)
        );
        target.Requests.ShouldHaveSingleItem().Target.ShouldBe(expected);
    }

    [Fact]
    public async Task A_profile_is_used_by_its_name()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = With("tok-e-n-value");
        outgoing.Profiles["crm"] = new AuthenticationOptions { Type = "bearer", Token = "{{secrets.KEY}}" };
        await outgoing.GetAsync(target.Uri, new(Profile: "CRM"));
        target.Requests.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe("Bearer tok-e-n-value");
    }

    [Fact]
    public async Task A_profile_is_worth_nothing_at_a_host_that_its_secret_is_not_for()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = With("tok-e-n-value", hosts: "api.example.org");
        outgoing.Profiles["crm"] = new AuthenticationOptions { Type = "bearer", Token = "{{secrets.KEY}}" };
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.GetAsync(target.Uri, new Authentication(Profile: "crm"))
        );
        error.Code.ShouldBe("secret-not-for-host");
        error.Message.ShouldContain("authentication.token");
        target.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_secret_that_no_header_can_carry_is_not_sent()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = With("two\nlines-of-it");
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            outgoing.GetAsync(target.Uri, new(AuthenticationType.Bearer, Token: "{{secrets.KEY}}"))
        );
        error.Code.ShouldBe("secret-unusable");
        target.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task An_authorization_header_beside_it_is_refused()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var outgoing = With(Secret);
        var error = await Should.ThrowAsync<DataErrorException>(() =>
            outgoing.SendAsync(
                Outgoing.Get(target.Uri) with
                {
                    Authentication = Basic("ada"),
                    Headers = [new("authorization", "Bearer x")],
                }
            )
        );
        error.Code.ShouldBe(ErrorCodes.InvalidInput);
        error.Message.ShouldContain("inputs.headers.Authorization is what authentication sets as well");
        target.Connections.ShouldBe(0);
    }

    [Fact]
    public void What_it_holds_does_not_show_when_it_is_printed() =>
        new Authentication(AuthenticationType.Basic, UserName: "ada", Password: "hunter2")
            .ToString()
            .ShouldBe("Authentication { Type = Basic }");

    private static Authentication Basic(string user) =>
        new(AuthenticationType.Basic, UserName: user, Password: "{{secrets.KEY}}");

    private static Outgoing With(string secret, string hosts = "127.0.0.1")
    {
        var outgoing = new Outgoing();
        outgoing.Secrets["KEY"] = new SecretOptions { Value = secret, Hosts = hosts };
        return outgoing;
    }
}
