using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;

namespace Integration.S3.Tests;

public sealed class Redirects
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_store_that_points_elsewhere_is_not_followed(int status)
    {
        await using var elsewhere = await HttpTarget.AnsweringAsync(200);
        await using var store = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.Uri.ToString();
            return Task.CompletedTask;
        });
        await using var service = await ServiceHarness.StartAsync(
            S3Fixture.Configure,
            ["--Egress:AllowLoopback=true", .. S3Fixture.Store("default", store.Uri, "integration", "canary-secret")]
        );
        var answer = await service.RunAsync(
            "s3.put-object",
            new
            {
                bucket = "documents",
                key = "k",
                text = "x",
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "wrong-endpoint"), error.Message);
        store.Requests.Count.ShouldBe(1);
        elsewhere.Requests.ShouldBeEmpty();
    }
}
