using System.Net;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Files.S3;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.S3.Tests;

/// <summary>What goes wrong with a store, and that no secret is told on any of these ways.</summary>
public sealed class Failing_stores(S3Fixture s3)
{
    private const string Canary = "canary-Secret/Key+4711";
    private const string CanaryToken = "canary-session-token-4712";

    [Theory]
    [InlineData(400, "InvalidRequest", ErrorCategory.Data, "refused", false)]
    [InlineData(400, "BadDigest", ErrorCategory.Connectivity, "content-damaged", true)]
    [InlineData(400, "ExpiredToken", ErrorCategory.Access, "credentials-refused", false)]
    [InlineData(400, "RequestTimeout", ErrorCategory.Connectivity, "unavailable", true)]
    [InlineData(400, "EntityTooLarge", ErrorCategory.Volumetric, "too-large", false)]
    [InlineData(401, "", ErrorCategory.Access, "credentials-refused", false)]
    [InlineData(403, "AccessDenied", ErrorCategory.Access, "access-denied", false)]
    [InlineData(403, "InvalidAccessKeyId", ErrorCategory.Access, "credentials-refused", false)]
    [InlineData(403, "RequestTimeTooSkewed", ErrorCategory.Access, "clock-skewed", false)]
    [InlineData(403, "QuotaExceeded", ErrorCategory.Volumetric, "quota-exceeded", false)]
    [InlineData(404, "NoSuchBucket", ErrorCategory.Data, "no-such-bucket", false)]
    [InlineData(409, "OperationAborted", ErrorCategory.Data, "conflict", false)]
    [InlineData(412, "PreconditionFailed", ErrorCategory.Data, "precondition-failed", false)]
    [InlineData(413, "", ErrorCategory.Volumetric, "too-large", false)]
    [InlineData(429, "", ErrorCategory.Volumetric, "throttled", true)]
    [InlineData(500, "InternalError", ErrorCategory.Connectivity, "server-error", true)]
    [InlineData(501, "NotImplemented", ErrorCategory.Data, "not-supported", false)]
    [InlineData(502, "", ErrorCategory.Connectivity, "unavailable", true)]
    [InlineData(503, "ServiceUnavailable", ErrorCategory.Connectivity, "unavailable", true)]
    [InlineData(503, "SlowDown", ErrorCategory.Volumetric, "throttled", true)]
    [InlineData(507, "", ErrorCategory.Volumetric, "quota-exceeded", false)]
    [InlineData(301, "PermanentRedirect", ErrorCategory.Data, "wrong-endpoint", false)]
    public async Task A_refusal_decides_category_and_code_and_is_not_repeated_here(
        int status,
        string code,
        ErrorCategory category,
        string expected,
        bool retryable
    )
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/xml";
            context.Response.Headers.RetryAfter = "17";
            return context.Response.WriteAsync(
                code.Length == 0 ? "" : Refusal(code, $"about {Canary} and {CanaryToken}")
            );
        });
        await using var double_ = await Against(target.Uri);

        var answer = await double_.PutAsync();

        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe(expected);
        error.Category.ShouldBe(category);
        error.Retryable.ShouldBe(retryable);
        error.Status.ShouldBe(status);
        error.Target.ShouldBe(target.Uri.Authority);
        error.Message.ShouldContain($"'k' in bucket 'b-1'");
        if (expected is "throttled" or "unavailable" or "server-error")
            error.RetryAfter.ShouldBe(17);
        target.Requests.Count.ShouldBe(1);
        double_.ShouldTellNoSecret(answer);
    }

    [Fact]
    public async Task A_store_that_does_not_know_us_is_told_without_any_credentials()
    {
        foreach (
            var (store, code) in new[]
            {
                ("guest", "access-denied"),
                ("stranger", "credentials-refused"),
                ("forged", "credentials-refused"),
            }
        )
        {
            var answer = await s3.CallAsync("put-object", """{"text":"x"}""".With("documents", "k", ("store", store)));
            var error = answer.Errored.ShouldNotBeNull().Error;
            error.Category.ShouldBe(ErrorCategory.Access, store);
            error.Code.ShouldBe(code, store);
            $"{error}{error.Details}".ShouldNotContain("canary");
        }
    }

    [Fact]
    public async Task Nothing_listens()
    {
        await using var double_ = await Against(new Uri($"http://127.0.0.1:{FreePort.Next()}"));
        await double_.FailsAsync(ErrorCategory.Connectivity, "connection-refused");
    }

    [Fact]
    public async Task The_guard_refuses_the_address()
    {
        await using var double_ = await Against(new Uri("http://169.254.169.254"));
        await double_.FailsAsync(ErrorCategory.Access, "egress-refused");
    }

    [Fact]
    public async Task The_certificate_is_of_nobody_we_trust()
    {
        await using var double_ = await Against(s3.Swift.Uri);
        await double_.FailsAsync(ErrorCategory.Access, "certificate-refused");
    }

    [Fact]
    public async Task It_speaks_no_tls()
    {
        await using var target = TcpTarget.Start(conversation => conversation.WriteAsync("this is no TLS\r\n"));
        await using var double_ = await Against(new Uri($"https://127.0.0.1:{target.Port}"));
        await double_.FailsAsync(ErrorCategory.Connectivity, "tls-failed");
    }

    [Fact]
    public async Task It_says_nothing()
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        await using var double_ = await Against(target.Uri, "--S3:RequestTimeout=00:00:00.3");
        await double_.FailsAsync(ErrorCategory.Connectivity, "timeout");
    }

    [Fact]
    public async Task It_ends_the_connection()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        await using var double_ = await Against(target.Uri);
        await double_.FailsAsync(ErrorCategory.Connectivity, "connection-lost");
    }

    [Theory]
    [InlineData("put-object", """{"text":"x"}""")]
    [InlineData("list-objects", "{}")]
    [InlineData("get-object", "{}")]
    public async Task It_is_no_store(string verb, string json)
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "<html>Welcome</html><p>", "text/html");
        await using var double_ = await Against(target.Uri);
        var answer = await double_.CallAsync(verb, json);
        // A put that is answered with success has succeeded, and a web page is an object as good as any.
        if (verb == "list-objects")
            answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("malformed-answer");
        double_.ShouldTellNoSecret(answer);
    }

    [Fact]
    public async Task It_stops_in_the_middle_of_an_object()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(
                "HTTP/1.1 200 OK\r\nETag: \"8a1f28d9f5f5bb7b0b1a46e9f6ae3ac0\"\r\nContent-Length: 1000\r\n\r\nabc"
            );
        });
        await using var double_ = await Against(target.Uri);
        await double_.FailsAsync(ErrorCategory.Connectivity, "connection-lost", "get-object", "{}");
    }

    [Fact]
    public async Task What_it_sends_does_not_fit_its_own_checksum()
    {
        const string damaged =
            "HTTP/1.1 200 OK\r\nETag: \"8a1f28d9f5f5bb7b0b1a46e9f6ae3ac0\"\r\nContent-Length: 3\r\n\r\nabc";
        await using var target = TcpTarget.Answering(damaged);
        await using var double_ = await Against(target.Uri);
        await double_.FailsAsync(ErrorCategory.Connectivity, "content-damaged", "get-object", "{}");
    }

    [Fact]
    public async Task It_stalls_in_the_middle_of_an_object()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(
                "HTTP/1.1 200 OK\r\nETag: \"8a1f28d9f5f5bb7b0b1a46e9f6ae3ac0\"\r\nContent-Length: 1000\r\n\r\nabc"
            );
            await conversation.BeSilentAsync();
        });
        await using var double_ = await Against(target.Uri, "--S3:RequestTimeout=00:00:00.3");
        await double_.FailsAsync(ErrorCategory.Connectivity, "timeout", "get-object", "{}");
    }

    [Theory]
    [InlineData("""{"text":"x","createOnly":true}""", "If-None-Match", "*")]
    [InlineData("""{"text":"x","ifMatch":"17"}""", "If-Match", "\"17\"")]
    public async Task A_put_with_a_condition_whose_answer_is_lost_is_in_doubt(string json, string header, string value)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        await using var double_ = await Against(target.Uri);
        var answer = await double_.CallAsync("put-object", json);
        answer.Errored.ShouldNotBeNull().Error.Category.ShouldBe(ErrorCategory.InDoubt);
        target.Requests.ShouldHaveSingleItem().ShouldContain($"{header}: {value}");
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", false, "unavailable")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc", true, "connection-lost")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc", false, "timeout")]
    [InlineData("", true, "connection-lost")]
    [InlineData("", false, "timeout")]
    public async Task A_file_that_cannot_be_read_from_a_store_leaves_no_doubt(string answer, bool end, string code)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(answer);
            if (!end)
                await conversation.BeSilentAsync();
        });
        await using var double_ = await Against(
            target.Uri,
            "--S3:RequestTimeout=00:00:00.3",
            "--Files:Stores:bucket:Kind=S3",
            "--Files:Stores:bucket:Bucket=files"
        );
        var file = new FileReference("bucket", "f", 1000, new string('a', 64)) { Bucket = "files" };
        var inputs = new
        {
            bucket = "b-1",
            key = "k",
            createOnly = true,
            file,
        };
        var error = (await double_.Service.RunAsync("s3.put-object", inputs)).Errored.ShouldNotBeNull().Error;
        (error.Category, error.Code).ShouldBe((ErrorCategory.Connectivity, code), error.Message);
        target.Requests.ShouldAllBe(request => request.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_put_with_a_condition_that_does_not_hold_is_refused_and_not_in_doubt()
    {
        await using var target = await HttpTarget.AnsweringAsync(
            412,
            Refusal("PreconditionFailed", ""),
            "application/xml"
        );
        await using var double_ = await Against(target.Uri);
        var answer = await double_.CallAsync("put-object", """{"text":"x","createOnly":true}""");
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("precondition-failed");
    }

    [Fact]
    public async Task Some_objects_cannot_be_removed()
    {
        const string result = """
            <DeleteResult><Error><Key>b</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>
            """;
        await using var target = await HttpTarget.AnsweringAsync(200, result, "application/xml");
        await using var double_ = await Against(target.Uri);
        var answer = await double_.Service.RunAsync(
            "s3.delete-objects",
            new { bucket = "b-1", keys = new[] { "a", "b" } }
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("access-denied");
        error.Message.ShouldContain("'b' in bucket 'b-1'");
        error.Details!.Value.GetProperty("notRemoved")[0].GetProperty("key").GetString().ShouldBe("b");
    }

    [Fact]
    public async Task Requests_carry_a_session_token_a_signature_over_the_content_and_no_secret()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await using var double_ = await Against(target.Uri);
        (await double_.PutAsync()).Completed.ShouldNotBeNull();
        var request = target.Requests.ShouldHaveSingleItem();
        request.Target.ShouldBe("/b-1/k");
        request.Headers["x-amz-security-token"].ShouldBe(CanaryToken);
        request.Headers["Authorization"].ShouldStartWith("AWS4-HMAC-SHA256 Credential=integration/");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("x"u8));
        request.Headers["x-amz-content-sha256"].ShouldBe(hash);
        request.Headers["x-amz-meta-integration-sha256"].ShouldBe(hash);
        $"{string.Join('\n', request.Headers)}".ShouldNotContain(Canary);
    }

    [Fact]
    public async Task The_bucket_can_be_a_part_of_the_host()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await using var double_ = await Against(
            new Uri($"http://store.test:{target.Uri.Port}"),
            "--S3:Stores:default:PathStyle=false"
        );
        var answer = await double_.PutAsync();
        answer.Completed.ShouldNotBeNull(answer.Error);
        var request = target.Requests.ShouldHaveSingleItem();
        request.Target.ShouldBe("/k");
        request.Headers["Host"].ShouldStartWith("b-1.store.test:");
    }

    [Fact]
    public async Task A_task_that_is_withdrawn_ends_its_request_at_the_store()
    {
        var ended = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            begun.SetResult();
            await conversation.BeSilentAsync();
            ended.SetResult();
        });
        await using var double_ = await Against(target.Uri);
        var request = ServiceHarness.Request("s3.get-object", new { bucket = "b-1", key = "k" });
        Task<TaskAnswer> answer = null!;
        await double_.Service.BeginAsync(request, task => answer = task);
        await begun.Task.WaitAsync(Eventually.Patience);
        await double_.Service.CancelAsync(request);
        await ended.Task.WaitAsync(Eventually.Patience);
        (await answer).Failed.ShouldNotBeNull().Error.Code.ShouldBe(ErrorCodes.Cancelled);
    }

    private static string Refusal(string code, string message) =>
        $"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>r-1</RequestId></Error>";

    [Theory]
    [InlineData("PUT", 500, "InternalError", "server-error")]
    [InlineData("POST", 500, "InternalError", "server-error")]
    [InlineData("POST", 200, "InternalError", "server-error")]
    [InlineData("POST", 200, "SlowDown", "throttled")]
    public async Task An_upload_in_parts_that_fails_at_a_part_or_at_its_end_is_removed(
        string method,
        int status,
        string code,
        string expected
    )
    {
        await using var target = await HttpTarget.StartAsync(context => Parts(context, method, status, code, 204));
        await using var double_ = await Against(target.Uri);
        var error = await UploadAsync(double_);
        error.Code.ShouldBe(expected);
        error.Category.ShouldBe(expected == "throttled" ? ErrorCategory.Volumetric : ErrorCategory.Connectivity);
        // Parts are no object yet.
        error.EffectUnknown.ShouldBe(method == "POST" && expected == "server-error");
        target.Requests.Last().Method.ShouldBe("DELETE");
        target.Requests.Last().Target.ShouldBe("/b-1/k?uploadId=u-1");
    }

    [Fact]
    public async Task An_upload_that_cannot_be_removed_is_told_in_the_log()
    {
        await using var target = await HttpTarget.StartAsync(context =>
            Parts(context, "PUT", 500, "InternalError", 403)
        );
        await using var double_ = await Against(target.Uri);
        (await UploadAsync(double_)).Code.ShouldBe("server-error");
        double_.Log.ShouldContain(
            "The unfinished upload u-1 of 'k' in bucket 'b-1' in the S3 store default could not be removed (access-denied)."
        );
    }

    [Fact]
    public async Task A_copy_that_is_answered_with_success_and_an_error_inside_has_failed()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, Refusal("SlowDown", ""), "application/xml");
        await using var double_ = await Against(target.Uri);
        await double_.FailsAsync(ErrorCategory.Volumetric, "throttled", "copy-object", """{"toKey":"l"}""");
    }

    private static async Task<TaskErrorException> UploadAsync(StoreDouble double_)
    {
        var store = double_.Service.Services.GetRequiredService<ObjectStores>().Get("default");
        var upload = new ObjectUpload(new ObjectPlace("b-1", "k")) { IsTheEffect = true };
        var content = new MemoryStream(new byte[S3Options.SmallestPart + 1]);
        return (await Should.ThrowAsync<TaskErrorException>(() => store.UploadAsync(upload, content, default)));
    }

    private static Task Parts(HttpContext context, string failing, int status, string code, int removal)
    {
        var request = context.Request;
        context.Response.ContentType = "application/xml";
        context.Response.Headers.ETag = "\"8a1f28d9f5f5bb7b0b1a46e9f6ae3ac0\"";
        if (request.Method == "POST" && request.QueryString.Value!.StartsWith("?uploads", StringComparison.Ordinal))
            return context.Response.WriteAsync(
                "<InitiateMultipartUploadResult><UploadId>u-1</UploadId></InitiateMultipartUploadResult>"
            );
        if (request.Method == failing)
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(Refusal(code, ""));
        }

        if (request.Method == "DELETE")
            context.Response.StatusCode = removal;
        return request.Method == "GET"
            ? context.Response.WriteAsync("<ListMultipartUploadsResult/>")
            : Task.CompletedTask;
    }

    private static async Task<StoreDouble> Against(Uri endpoint, params string[] settings)
    {
        var log = new LogLines();
        var service = await ServiceHarness.StartAsync(
            builder =>
            {
                S3Fixture.Configure(builder);
                builder.Services.AddSingleton<INameResolver, EverythingHere>();
                builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
            },
            [
                "--Egress:AllowLoopback=true",
                .. S3Fixture.Store("default", endpoint, "integration", Canary),
                $"--S3:Stores:default:SessionToken={CanaryToken}",
                .. settings,
            ]
        );
        return new StoreDouble(service, log);
    }

    private sealed class EverythingHere : INameResolver
    {
        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([
                IPAddress.TryParse(host, out var address) ? address : IPAddress.Loopback,
            ]);
    }

    /// <summary>The service before something that is not a working store.</summary>
    private sealed class StoreDouble(ServiceHarness service, LogLines log) : IAsyncDisposable
    {
        public ServiceHarness Service => service;

        public string Log => log.Text;

        public Task<TaskAnswer> PutAsync() => CallAsync("put-object", """{"text":"x"}""");

        public Task<TaskAnswer> CallAsync(string verb, string json)
        {
            var inputs = System.Text.Json.Nodes.JsonNode.Parse(json.With("b-1", "k"))!.AsObject();
            if (verb == "list-objects")
                inputs.Remove("key");
            return service.RunAsync($"s3.{verb}", inputs);
        }

        public async Task FailsAsync(
            ErrorCategory category,
            string code,
            string verb = "put-object",
            string json = """{"text":"x"}"""
        )
        {
            var answer = await CallAsync(verb, json);
            var error = answer.Errored.ShouldNotBeNull().Error;
            error.Code.ShouldBe(code, $"{error.Message}{log.Text}");
            error.Category.ShouldBe(category);
            ShouldTellNoSecret(answer);
        }

        public void ShouldTellNoSecret(TaskAnswer answer)
        {
            var told = System.Text.Json.JsonSerializer.Serialize(answer, OperationJson.Options) + log.Text;
            log.Lines.ShouldNotBeEmpty();
            told.ShouldNotContain(Canary);
            told.ShouldNotContain(CanaryToken);
        }

        public ValueTask DisposeAsync() => service.DisposeAsync();
    }
}
