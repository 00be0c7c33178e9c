using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Rest.Tests;

/// <summary>Against a store that fails as the test wants: a real one cannot be made to.</summary>
public sealed class Answers_into_S3
{
    [Theory]
    [InlineData(503, "SlowDown", ErrorCategory.Volumetric)]
    [InlineData(400, "RequestTimeout", ErrorCategory.Connectivity)]
    [InlineData(400, "BadDigest", ErrorCategory.Connectivity)]
    [InlineData(403, "AccessDenied", ErrorCategory.Access)]
    [InlineData(403, "QuotaExceeded", ErrorCategory.Volumetric)]
    public async Task A_store_that_answers_with_a_failure_leaves_a_call_of_once_in_doubt_and_is_told_otherwise(
        int status,
        string code,
        ErrorCategory category
    )
    {
        await using var store = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/xml";
            return context.Response.WriteAsync($"<Error><Code>{code}</Code></Error>");
        });
        await using var target = await HttpTarget.AnsweringAsync(200, "x");
        await using var service = await StartAsync(store.Uri);

        var error = await ErrorAsync("POST");
        error.Category.ShouldBe(ErrorCategory.InDoubt);
        error.Message.ShouldContain($"answered {status} {code}");
        target.Requests.Count.ShouldBe(1);
        store.Requests.Count.ShouldBe(1);

        (await ErrorAsync("PUT")).Category.ShouldBe(category);

        async Task<ErrorInfo> ErrorAsync(string method) => (
                await service.RunAsync(
                    "rest.request",
                    new
                    {
                        url = target.Uri,
                        method,
                        answer = new { store = "bucket" },
                    }
                )
            ).Errored.ShouldNotBeNull().Error;
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_leaves_no_doubt_as_nothing_was_sent()
    {
        await using var store = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        await using var target = await HttpTarget.AnsweringAsync(200);
        await using var service = await StartAsync(store.Uri);
        var file = new FileReference("bucket", "kept/1", 3, Convert.ToHexStringLower(SHA256.HashData("abc"u8)))
        {
            Bucket = "files",
        };
        var answer = await service.RunAsync(
            "rest.request",
            new
            {
                url = target.Uri,
                method = "POST",
                file = JsonSerializer.SerializeToElement(file),
            }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Connectivity, error.Message);
        error.Code.ShouldBe("connection-lost");
        store.Requests.ShouldNotBeEmpty();
        target.Requests.ShouldBeEmpty();
    }

    private static Task<ServiceHarness> StartAsync(Uri store) =>
        ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddRest();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            "--Egress:AllowLoopback=true",
            $"--S3:Stores:default:Endpoint={store}",
            "--S3:Stores:default:AccessKey=test:tester",
            "--S3:Stores:default:SecretKey=not-a-real-secret",
            "--Files:Stores:bucket:Kind=S3",
            "--Files:Stores:bucket:Bucket=files",
            "--Files:Stores:bucket:Prefix=kept/",
            "--Rest:RetryDelay=00:00:00.02"
        );
}
