using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Rest.Tests;

public sealed class Authenticated_requests
{
    [Theory]
    [InlineData("""{"type":"basic","userName":"ada","password":"{{secrets.CRM}}"}""", "Basic YWRhOnMzY3JldCZ2YWx1ZQ==")]
    [InlineData("""{"type":"bearer","token":"{{secrets.CRM}}"}""", "Bearer s3cret&value")]
    [InlineData("""{"profile":"crm"}""", "Bearer s3cret&value")]
    public async Task They_carry_the_credentials_and_an_answer_that_echoes_them_is_masked(string json, string expected)
    {
        await using var target = await HttpTarget.StartAsync(context =>
            context.Response.WriteAsync($"You sent {context.Request.Headers.Authorization}")
        );
        await using var service = await StartAsync();
        var answer = await service.RunAsync("rest.request", Inputs(target.Uri, json));
        var outputs = answer.Completed.ShouldNotBeNull(answer.Error).Outputs;
        target.Requests.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe(expected);
        outputs.GetProperty("body").GetString().ShouldBe($"You sent {expected.Split(' ')[0]} ***");
    }

    [Fact]
    public async Task A_token_that_the_target_echoes_in_its_failure_shows_nowhere()
    {
        await using var endpoint = await HttpTarget.AnsweringAsync(
            200,
            """{"access_token":"tok-canary-1","expires_in":60}"""
        );
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync($"Cannot work with {context.Request.Headers.Authorization}");
        });
        await using var service = await StartAsync();
        var answer = await service.RunAsync(
            "rest.request",
            Inputs(
                target.Uri,
                $$$"""{"type":"oauth2-client-credentials","tokenUrl":"{{{endpoint.Uri}}}","clientId":"app","clientSecret":"{{secrets.CRM}}"}"""
            )
        );
        target.Requests.First().Headers["Authorization"].ShouldBe("Bearer tok-canary-1");
        var published = JsonSerializer.Serialize(answer.Errored.ShouldNotBeNull());
        published.ShouldContain("Cannot work with Bearer ***");
        published.ShouldNotContain("tok-canary");
        published.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task A_redirect_is_followed_when_the_task_says_so_and_within_the_services_bound()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            if (context.Request.Path == "/there")
                return context.Response.WriteAsync("Here it is.");
            context.Response.Redirect("/there");
            return Task.CompletedTask;
        });
        await using var service = await StartAsync();
        var answer = await service.RunAsync("rest.request", new { url = target.Uri, redirects = 1 });
        answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetProperty("body").GetString().ShouldBe("Here it is.");
        var refused = await service.RunAsync("rest.request", new { url = target.Uri, redirects = 11 });
        refused
            .Errored.ShouldNotBeNull()
            .Error.Message.ShouldContain("inputs.redirects must be between 0 and 10; Rest__MaxRedirects");
    }

    [Theory]
    [InlineData("""{"type":"basic"}""", "inputs.authentication.userName is missing: authentication of the type basic")]
    [InlineData("""{"type":"basic","userName":"a:b","password":"{{secrets.CRM}}"}""", "userName has a colon")]
    [InlineData("""{"type":"basic","userName":"a","password":"hunter2"}""", "password is written out")]
    [InlineData(
        """{"type":"bearer","token":"{{secrets.CRM}}","scope":"x"}""",
        "scope does not belong to authentication"
    )]
    [InlineData("""{"type":"api-key","name":"X Y","value":"{{secrets.CRM}}"}""", "name is no name of a header")]
    [InlineData(
        """{"type":"api-key","name":"Host","value":"{{secrets.CRM}}"}""",
        "name is a header that the service sets"
    )]
    [InlineData("""{"type":"api-key","name":"{{secrets.CRM}}","value":"{{secrets.CRM}}"}""", "name names a secret")]
    [InlineData("""{"profile":"erp"}""", "profile names 'erp', which this service does not have. There are: crm")]
    [InlineData(
        """{"type":"kerberos"}""",
        "inputs.authentication.type does not fit: one of profile, basic, bearer, api-key"
    )]
    [InlineData("""{"type":"basic","user":"a"}""", "inputs.authentication.user is not known")]
    public async Task What_is_wrong_is_told_by_field_and_nothing_is_sent(string json, string expected)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await using var service = await StartAsync();
        var error = (await service.RunAsync("rest.request", Inputs(target.Uri, json))).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("invalid-input");
        error.Message.ShouldContain(expected);
        error.Message.ShouldNotContain("hunter2");
        target.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("Type=kerberos", "Http__Authentications__crm__Type: 'kerberos' is not one of basic, bearer,")]
    [InlineData("Type=profile", "Http__Authentications__crm__Type: 'profile' is not one of")]
    [InlineData("Token=written-out", "Http__Authentications__crm__Token: it is written out")]
    [InlineData("Token={{secrets.NONE}}", "names the secret 'NONE', which this service does not have")]
    [InlineData("ClientId=x", "Http__Authentications__crm__ClientId: it does not belong")]
    public async Task A_wrong_profile_ends_the_start_with_the_name_of_its_setting(string setting, string expected)
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() =>
            StartAsync($"--Http:Authentications:crm:{setting}")
        );
        error.Message.ShouldContain(expected);
        error.Message.ShouldNotContain("written-out");
    }

    [Theory]
    [InlineData("Type=basic", "UserName={{secrets.NONE}}")]
    [InlineData("Type=oauth2-client-credentials", "ClientId={{secrets.NONE}}")]
    [InlineData("Type=oauth2-client-credentials", "Parameters:tenant={{secrets.NONE}}")]
    public async Task A_secret_that_is_not_there_ends_the_start_wherever_a_profile_names_it(string type, string named)
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() =>
            StartAsync($"--Http:Authentications:crm:{type}", $"--Http:Authentications:crm:{named}")
        );
        error.Message.ShouldContain("names the secret 'NONE', which this service does not have");
    }

    private static object Inputs(Uri url, string authentication) =>
        JsonNode.Parse($$"""{"url":"{{url}}","authentication":{{authentication}}}""")!;

    private static Task<ServiceHarness> StartAsync(params string[] settings) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddRest();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            [
                "--Egress:AllowLoopback=true",
                "--Secrets:CRM:Value=s3cret&value",
                "--Secrets:CRM:Hosts=127.0.0.1",
                "--Http:Authentications:crm:Type=bearer",
                "--Http:Authentications:crm:Token={{secrets.CRM}}",
                .. settings,
            ]
        );
}
