using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Soap.Tests.Wsdl;
using Integration.Testing;
using Microsoft.AspNetCore.Http;

namespace Integration.Soap.Tests;

/// <summary>Files in buckets, of a store that fails as the test wants: a real one cannot be made to.</summary>
public sealed class Files_in_S3
{
    [Fact]
    public async Task A_file_that_cannot_be_opened_leaves_no_doubt_as_nothing_was_sent()
    {
        await using var store = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        await using var target = await HttpTarget.AnsweringAsync(200);
        await using var service = await StartAsync(store.Uri, target.Uri);
        var file = new FileReference("bucket", "kept/1", 3, Convert.ToHexStringLower(SHA256.HashData("abc"u8)))
        {
            Bucket = "files",
        };

        var error = await ErrorAsync(service, new { v = JsonSerializer.SerializeToElement(file) });

        error.Category.ShouldBe(ErrorCategory.Connectivity, error.Message);
        error.Code.ShouldBe("connection-lost");
        store.Requests.ShouldNotBeEmpty();
        target.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_cannot_be_saved_leaves_doubt()
    {
        await using var store = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.ContentType = "application/xml";
            return context.Response.WriteAsync("<Error><Code>SlowDown</Code></Error>");
        });
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(
                context,
                Answers.Envelope($"<m xmlns='urn:t'><v>{Convert.ToBase64String(new byte[200_000])}</v></m>")
            )
        );
        await using var service = await StartAsync(store.Uri, target.Uri);

        var error = await ErrorAsync(service, new { v = "" });

        error.Category.ShouldBe(ErrorCategory.InDoubt);
        error.Message.ShouldContain("SlowDown");
        target.Requests.Count.ShouldBe(1);
    }

    private static async Task<ErrorInfo> ErrorAsync(ServiceHarness service, object input) => (
            await service.RunAsync(
                "soap.call",
                new
                {
                    service = "target",
                    operation = "send",
                    input,
                    fileStore = "bucket",
                }
            )
        ).Errored.ShouldNotBeNull().Error;

    private static async Task<ServiceHarness> StartAsync(Uri store, Uri target)
    {
        using var folder = new TemporaryFolder();
        var wsdl = folder.Combine("a.wsdl");
        await File.WriteAllTextAsync(wsdl, WsdlText.Document(WsdlText.Value("type='xs:base64Binary'")));
        var service = await ServiceHarness.StartAsync(
            SoapFixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                "--Soap:RetryDelay=00:00:00.02",
                $"--S3:Stores:default:Endpoint={store}",
                "--S3:Stores:default:AccessKey=test:tester",
                "--S3:Stores:default:SecretKey=not-a-real-secret",
                "--Files:Stores:bucket:Kind=S3",
                "--Files:Stores:bucket:Bucket=files",
                "--Files:Stores:bucket:Prefix=kept/",
                .. SoapFixture.Of("target", wsdl, $"Address={target}"),
            ]
        );
        // Read while the file is there.
        await service.RunAsync("soap.call", new { service = "target", operation = "nothing" });
        return service;
    }
}
