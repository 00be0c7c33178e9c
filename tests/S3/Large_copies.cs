using System.Security.Cryptography;
using Amazon.S3.Model;
using Integration.Contracts;
using Integration.Files.S3;
using Integration.Fixtures;
using Integration.S3.CopyObject;
using Integration.S3.HeadObject;
using Integration.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.S3.Tests;

/// <summary>Copies in parts, inside a real store; what a real one does not do on request, before a double.</summary>
public sealed class Large_copies(S3Fixture s3)
{
    private const string Bucket = S3Fixture.Bucket;
    private const int Part = S3Options.SmallestPart;

    private readonly string _folder = $"copies/{Guid.NewGuid():N}/";

    private ObjectStore Store => s3.Service.Services.GetRequiredService<ObjectStores>().Get("default");

    [Theory]
    [InlineData(Part, false)]
    [InlineData(Part + 1, true)]
    [InlineData(2 * Part, true)]
    [InlineData(2 * Part + 17, true)]
    public async Task An_object_that_is_larger_than_a_part_is_copied_in_parts(int size, bool parts)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        await PutAsync("from", content);
        await using var service = await StartAsync();
        var answer = await service.RunAsync("s3.copy-object", Inputs());

        var copy = answer.Outputs<CopyObjectOperation.Output>();
        copy.ETag.Contains('-', StringComparison.Ordinal).ShouldBe(parts);
        var head = (
            await s3.CallAsync("head-object", new { bucket = Bucket, key = _folder + "to" })
        ).Outputs<HeadObjectOperation.Output>();
        head.Size.ShouldBe(size);
        head.ContentType.ShouldBe("application/pdf");
        head.Metadata!["case"].ShouldBe("CR-17");
        using var got = await Store.OpenReadAsync(
            "test",
            new ObjectPlace(Bucket, _folder + "to"),
            new GetObjectRequest { BucketName = Bucket, Key = _folder + "to" },
            default
        );
        (await SHA256.HashDataAsync(got.Content)).ShouldBe(SHA256.HashData(content));
        (await UnfinishedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_object_in_another_state_is_not_copied_and_leaves_no_parts()
    {
        await PutAsync("from", new byte[Part + 1]);
        await using var service = await StartAsync();
        var answer = await service.RunAsync("s3.copy-object", Inputs(ifMatch: new string('0', 32)));
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("precondition-failed");
        (await UnfinishedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_told_as_exactly_as_for_small_ones()
    {
        await using var service = await StartAsync();
        var answer = await service.RunAsync("s3.copy-object", Inputs());
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("no-such-key");
        var inputs = Inputs();
        inputs["bucket"] = "no-such-bucket";
        inputs["toBucket"] = Bucket;
        answer = await service.RunAsync("s3.copy-object", inputs);
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("no-such-bucket");
    }

    [Theory]
    [InlineData("PUT", 503, "SlowDown", "throttled", ErrorCategory.Volumetric)]
    [InlineData("POST", 500, "InternalError", "server-error", ErrorCategory.Connectivity)]
    public async Task One_that_fails_on_the_way_is_removed(
        string method,
        int status,
        string code,
        string expected,
        ErrorCategory category
    )
    {
        await using var target = await HttpTarget.StartAsync(context => AnswerAsync(context, method, status, code));
        await using var service = await AgainstAsync(target);
        var error = (await service.RunAsync("s3.copy-object", Inputs())).Errored.ShouldNotBeNull().Error;
        (error.Code, error.Category).ShouldBe((expected, category), error.Message);
        var last = target.Requests.Last();
        last.Method.ShouldBe("DELETE");
        last.Target.ShouldContain("uploadId=u-1");
        var part = target.Requests.First(request => request.Method == "PUT");
        part.Headers["x-amz-copy-source-range"].ShouldBe($"bytes=0-{Part - 1}");
    }

    [Fact]
    public async Task One_that_is_replaced_while_it_is_copied_is_not_put_together()
    {
        var asked = 0;
        await using var target = await HttpTarget.StartAsync(context =>
        {
            // Another object from the second question on.
            if (context.Request.Method == "HEAD" && Interlocked.Increment(ref asked) > 1)
                context.Response.Headers.ETag = "\"another\"";
            return AnswerAsync(context, "none", 500, "");
        });
        await using var service = await AgainstAsync(target);
        var error = (await service.RunAsync("s3.copy-object", Inputs())).Errored.ShouldNotBeNull().Error;
        (error.Code, error.Category).ShouldBe(("precondition-failed", ErrorCategory.Data));
        target.Requests.Last().Method.ShouldBe("DELETE");
    }

    private static Task AnswerAsync(HttpContext context, string failing, int status, string code)
    {
        var (request, response) = (context.Request, context.Response);
        response.ContentType = "application/xml";
        if (response.Headers.ETag.Count == 0)
            response.Headers.ETag = "\"8a1f28d9f5f5bb7b0b1a46e9f6ae3ac0\"";
        if (request.Method == "HEAD")
        {
            response.ContentLength = 2 * Part;
            return Task.CompletedTask;
        }

        if (request.Method == "POST" && request.QueryString.Value!.StartsWith("?uploads", StringComparison.Ordinal))
            return response.WriteAsync(
                "<InitiateMultipartUploadResult><UploadId>u-1</UploadId></InitiateMultipartUploadResult>"
            );
        if (request.Method == failing)
        {
            response.StatusCode = status;
            return response.WriteAsync($"<Error><Code>{code}</Code><Message>no</Message></Error>");
        }

        return request.Method switch
        {
            "PUT" => response.WriteAsync("<CopyPartResult><ETag>\"1\"</ETag></CopyPartResult>"),
            "GET" => response.WriteAsync("<ListMultipartUploadsResult/>"),
            _ => Task.CompletedTask,
        };
    }

    private static Task<ServiceHarness> AgainstAsync(HttpTarget target) =>
        ServiceHarness.StartAsync(
            S3Fixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                .. S3Fixture.Store("default", target.Uri, "integration", "canary-secret"),
                $"--S3:CopyPartBytes={Part}",
            ]
        );

    private Task<ServiceHarness> StartAsync() =>
        ServiceHarness.StartAsync(S3Fixture.Configure, [.. s3.Settings, $"--S3:CopyPartBytes={Part}"]);

    private System.Text.Json.Nodes.JsonObject Inputs(string? ifMatch = null) =>
        new()
        {
            ["bucket"] = Bucket,
            ["key"] = _folder + "from",
            ["toKey"] = _folder + "to",
            ["ifMatch"] = ifMatch,
        };

    private Task PutAsync(string key, byte[] content) =>
        Store.UploadAsync(
            new ObjectUpload(new ObjectPlace(Bucket, _folder + key), "application/pdf")
            {
                Metadata = new Dictionary<string, string> { ["case"] = "CR-17" },
            },
            new MemoryStream(content),
            default
        );

    private async Task<List<MultipartUpload>> UnfinishedAsync()
    {
        var request = new ListMultipartUploadsRequest { BucketName = Bucket, Prefix = _folder };
        var found = await Store.CallAsync(
            "test",
            new ObjectPlace(Bucket, _folder),
            (client, token) => client.ListMultipartUploadsAsync(request, token),
            default
        );
        return found.MultipartUploads ?? [];
    }
}
