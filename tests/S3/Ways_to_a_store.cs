using System.Net;
using Integration.Contracts;
using Integration.Egress;
using Integration.S3.GetObject;
using Integration.S3.Presign;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.S3.Tests;

/// <summary>How a real store is addressed, and how it is proven who we are.</summary>
public sealed class Ways_to_a_store(S3Fixture s3)
{
    private readonly string _key = $"ways/{Guid.NewGuid():N} ü.txt";

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task The_bucket_is_a_part_of_the_path_or_of_the_host(string pathStyle)
    {
        await using var service = await StartAsync(s3.Swift.NamedUri, $"--S3:Stores:default:PathStyle={pathStyle}");
        var put = await service.RunAsync("s3.put-object", Inputs("in the host"));
        put.Completed.ShouldNotBeNull(put.Error);
        (await s3.CallAsync("get-object", Inputs())).Outputs<GetObjectOperation.Output>().Text.ShouldBe("in the host");
        (await service.RunAsync("s3.get-object", Inputs()))
            .Outputs<GetObjectOperation.Output>()
            .Text.ShouldBe("in the host");

        var presigned = (await service.RunAsync("s3.presign", Inputs())).Outputs<PresignOperation.Output>().Url;
        new Uri(presigned).Host.ShouldBe(
            pathStyle == "true" ? s3.Swift.NamedUri.Host : $"{S3Fixture.Bucket}.{s3.Swift.NamedUri.Host}"
        );
    }

    [Fact]
    public async Task A_session_token_is_covered_by_the_signature_and_a_store_that_has_none_does_not_mind()
    {
        await using var service = await StartAsync(s3.Swift.Uri, "--S3:Stores:default:SessionToken=canary-token-4711");
        var put = await service.RunAsync("s3.put-object", Inputs("signed"));
        put.Completed.ShouldNotBeNull(put.Error);
    }

    [Theory]
    [InlineData("createOnly", "true")]
    [InlineData("ifMatch", "\"17\"")]
    public async Task A_store_that_knows_no_conditions_says_so_and_stores_nothing(string condition, string value)
    {
        var inputs = Inputs("x");
        inputs[condition] = System.Text.Json.Nodes.JsonNode.Parse(value);
        var error = (await s3.CallAsync("put-object", (object)inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Data, "not-supported"));
        var get = await s3.CallAsync("get-object", (object)Inputs());
        get.Errored.ShouldNotBeNull().Error.Code.ShouldBe("no-such-key");
    }

    private System.Text.Json.Nodes.JsonObject Inputs(string? text = null)
    {
        var inputs = new System.Text.Json.Nodes.JsonObject { ["bucket"] = S3Fixture.Bucket, ["key"] = _key };
        if (text is not null)
            inputs["text"] = text;
        return inputs;
    }

    private Task<ServiceHarness> StartAsync(Uri endpoint, params string[] settings) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<INameResolver, EverythingHere>();
                S3Fixture.Configure(builder);
            },
            [.. s3.Settings, $"--S3:Stores:default:Endpoint={endpoint}", .. settings]
        );

    private sealed class EverythingHere : INameResolver
    {
        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Loopback]);
    }
}
