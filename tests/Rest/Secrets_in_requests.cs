using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Rest.Tests;

public sealed class Secrets_in_requests
{
    [Fact]
    public async Task They_are_put_into_headers_and_query_parameters_and_the_answer_is_masked()
    {
        await using var target = await HttpTarget.StartAsync(context =>
            context.Response.WriteAsync($"You sent {context.Request.Headers.Authorization}")
        );
        await using var service = await StartAsync();
        var answer = await service.RunAsync(
            "rest.request",
            new
            {
                url = target.Uri,
                headers = new { Authorization = "Bearer {{secrets.CRM}}" },
                query = new { key = "{{secrets.CRM}}" },
            }
        );
        var request = target.Requests.ShouldHaveSingleItem();
        request.Headers["Authorization"].ShouldBe("Bearer s3cret&value");
        request.Target.ShouldBe("/?key=s3cret%26value");
        answer.Completed.ShouldNotBeNull().Outputs.GetProperty("body").GetString().ShouldBe("You sent Bearer ***");
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("12")]
    public async Task Inside_of_an_answer_in_base64_they_are_masked_too(string before)
    {
        await using var target = await HttpTarget.StartAsync(context =>
            context.Response.WriteAsync($"{before}{context.Request.Headers["X-Key"]} and more")
        );
        await using var service = await StartAsync();
        var answer = await service.RunAsync(
            "rest.request",
            new
            {
                url = target.Uri,
                headers = new Dictionary<string, string> { ["X-Key"] = "{{secrets.CRM}}" },
                answer = new Dictionary<string, string> { ["as"] = "base64" },
            }
        );
        target.Requests.ShouldHaveSingleItem().Headers["X-Key"].ShouldBe("s3cret&value");
        var base64 = answer.Completed.ShouldNotBeNull(answer.Error).Outputs.GetProperty("base64").GetString()!;
        base64.ShouldContain("***");
        // Beside the stars, a letter may hold a few bits of the secret's first or last one.
        base64.IndexOf("***", StringComparison.Ordinal).ShouldBeLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData("""{"body":{"a":"{{secrets.CRM}}"},"method":"POST"}""", "inputs.body names a secret")]
    [InlineData("""{"query":{"a":["{{secrets.CRM}}"]}}""", "query.a")]
    [InlineData("""{"body":"{{ secrets.CRM }}","method":"POST"}""", "inputs.body names a secret")]
    [InlineData("""{"idempotencyHeader":"{{secrets.CRM}}"}""", "headers")]
    public async Task Elsewhere_they_are_refused_by_name(string inputs, string named)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await using var service = await StartAsync();
        var json = System.Text.Json.Nodes.JsonNode.Parse(inputs)!;
        json["url"] = target.Uri.ToString();
        var error = (await service.RunAsync("rest.request", json)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("invalid-input");
        error.Message.ShouldContain(named);
        target.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("form", """{"comment":"{{secrets.CRM}}"}""", "form.comment")]
    [InlineData("query", """{"search":"{{secrets.CRM}}"}""", "query.search")]
    public async Task What_somebody_typed_does_not_name_a_secret(string place, string values, string named)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await using var service = await StartAsync();
        var inputs = new System.Text.Json.Nodes.JsonObject
        {
            ["url"] = target.Uri.ToString(),
            ["method"] = place == "form" ? "POST" : "GET",
            [place] = System.Text.Json.Nodes.JsonNode.Parse(values),
        };
        var error = (await service.RunAsync("rest.request", inputs)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("secret-not-for-input");
        error.Message.ShouldContain($"add '{named}' to Secrets__CRM__Inputs");
        target.Requests.ShouldBeEmpty();
    }

    private static Task<ServiceHarness> StartAsync() =>
        ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddRest();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            "--Egress:AllowLoopback=true",
            "--Secrets:CRM:Value=s3cret&value",
            "--Secrets:CRM:Hosts=127.0.0.1",
            "--Secrets:CRM:Inputs=headers, query.key, query.a"
        );
}
