using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Integration.Rest.Tests;

public sealed class Failing_targets(RestFixture rest) : IClassFixture<RestFixture>
{
    [Theory]
    [InlineData(301, ErrorCategory.Data, "redirected", false)]
    [InlineData(400, ErrorCategory.Data, "refused", false)]
    [InlineData(401, ErrorCategory.Access, "unauthorised", false)]
    [InlineData(403, ErrorCategory.Access, "forbidden", false)]
    [InlineData(404, ErrorCategory.Data, "not-found", false)]
    [InlineData(405, ErrorCategory.Data, "method-not-allowed", false)]
    [InlineData(407, ErrorCategory.Access, "unauthorised", false)]
    [InlineData(408, ErrorCategory.Connectivity, "unavailable", true)]
    [InlineData(409, ErrorCategory.Data, "conflict", false)]
    [InlineData(410, ErrorCategory.Data, "gone", false)]
    [InlineData(413, ErrorCategory.Volumetric, "too-large", false)]
    [InlineData(418, ErrorCategory.Data, "refused", false)]
    [InlineData(422, ErrorCategory.Data, "unprocessable", false)]
    [InlineData(425, ErrorCategory.Connectivity, "unavailable", true)]
    [InlineData(429, ErrorCategory.Volumetric, "throttled", true)]
    [InlineData(500, ErrorCategory.Connectivity, "server-error", true)]
    [InlineData(502, ErrorCategory.Connectivity, "unavailable", true)]
    [InlineData(503, ErrorCategory.Connectivity, "unavailable", true)]
    [InlineData(504, ErrorCategory.Connectivity, "unavailable", true)]
    public async Task A_status_decides_category_code_and_whether_to_try_again(
        int status,
        ErrorCategory category,
        string code,
        bool retryable
    )
    {
        await using var target = await HttpTarget.AnsweringAsync(status, """{"why":"because"}""");
        var answer = await rest.CallAsync(
            """{"path":{"id":"ada-17"},"query":{"token":"s3cret"}}""",
            Secret(target.Uri)
        );
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(category);
        error.Code.ShouldBe(code);
        error.Retryable.ShouldBe(retryable);
        error.Status.ShouldBe(status);
        error.Target.ShouldBe(target.Uri.Authority);
        error.Message.ShouldStartWith($"GET {target.Uri}people/{{id}} answered {status}: ");
        error.Details!.Value.GetProperty("body").GetString().ShouldBe("""{"why":"because"}""");
        error.Details!.Value.GetProperty("contentType").GetString().ShouldBe("application/json");
        $"{error}".ShouldNotContain("s3cret");
        $"{error}".ShouldNotContain("ada-17");
        target.Requests.Count.ShouldBe(retryable ? 3 : 1);
    }

    [Fact]
    public async Task Only_the_start_of_a_long_answer_is_kept_for_the_operator()
    {
        await using var target = await HttpTarget.AnsweringAsync(400, new string('x', 5_000), "text/plain");
        var error = (await rest.CallAsync(new { url = target.Uri })).Errored.ShouldNotBeNull().Error;
        error.Details!.Value.GetProperty("body").GetString()!.Length.ShouldBe(2048);
    }

    [Fact]
    public async Task Credentials_in_headers_stay_out_of_the_error()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.SetCookie = "session=s3cret";
            return Task.CompletedTask;
        });
        var answer = await rest.CallAsync("""{"headers":{"Authorization":"Bearer s3cret"}}""", target.Uri);
        var error = answer.Errored.ShouldNotBeNull().Error;
        $"{error}{error.Details}".ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Retry_After_reaches_error_treatment_when_it_is_too_long_to_wait_here()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        var error = (await rest.CallAsync(new { url = target.Uri })).Errored.ShouldNotBeNull().Error;
        error.RetryAfter.ShouldBe(3600);
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_listens()
    {
        var error = await ErrorAsync(new Uri($"http://127.0.0.1:{FreePort.Next()}/"));
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Code.ShouldBe("connection-refused");
        error.Message.ShouldContain("Check the port");
    }

    [Fact]
    public async Task The_guard_refuses()
    {
        var error = await ErrorAsync(new Uri("http://169.254.169.254/latest/meta-data/"));
        error.Category.ShouldBe(ErrorCategory.Access);
        error.Code.ShouldBe("egress-refused");
        error.Retryable.ShouldBeFalse();
    }

    [Fact]
    public async Task It_resets_the_connection_in_the_middle_of_its_answer()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
            conversation.Reset();
        });
        var error = await ErrorAsync(target.Uri);
        error.Code.ShouldBe("connection-lost");
        error.Retryable.ShouldBeTrue();
        target.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"a\":")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n")]
    public async Task It_ends_the_connection_after_a_part_of_its_answer(string part)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(part);
        });
        var error = await ErrorAsync(target.Uri);
        error.Code.ShouldBe("connection-lost");
        error.Category.ShouldBe(ErrorCategory.Connectivity);
    }

    [Fact]
    public async Task It_accepts_the_connection_and_says_nothing()
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        var answer = await rest.CallAsync("""{"timeouts":{"attempt":0.2},"retries":1}""", target.Uri);
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Connectivity);
        error.Code.ShouldBe("timeout");
        error.Message.ShouldContain("did not answer within 0.2 s");
        target.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task It_is_slower_than_all_patience_together()
    {
        await using var target = TcpTarget.Start(conversation => conversation.BeSilentAsync());
        var answer = await rest.CallAsync("""{"timeouts":{"attempt":5,"total":0.3},"retries":5}""", target.Uri);
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("timeout");
    }

    [Theory]
    [InlineData("application/json", "{\"a\":")]
    [InlineData("application/json", "<html>")]
    [InlineData("text/plain; charset=klingon", "{}")]
    [InlineData("text/plain; charset=utf-7", "{}")]
    [InlineData("application/json", """{"half":"\ud83d"}""")]
    [InlineData("application/json", """[{"\udc00":1}]""")]
    public async Task It_answers_what_is_not_what_it_says(string contentType, string body)
    {
        await using var target = await HttpTarget.AnsweringAsync(200, body, contentType);
        var error = await ErrorAsync(target.Uri);
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("malformed-answer");
        error.Status.ShouldBe(200);
        error.Details!.Value.GetProperty("body").GetString().ShouldBe(body);
        target.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=UTF8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json; charset=klingon")]
    [InlineData("application/json; charset=utf-7")]
    public async Task It_names_a_character_set_that_does_not_matter(string contentType)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync("""{"name":"São"}""");
        });
        var answer = await rest.CallAsync("""{"method":"POST"}""", target.Uri);
        answer.Completed.ShouldNotBeNull(answer.Error);
        answer.Completed.Outputs.GetProperty("body").GetProperty("name").GetString().ShouldBe("São");
    }

    [Fact]
    public async Task It_answers_with_bytes_that_are_no_text()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.ContentType = "image/png";
            return context.Response.Body.WriteAsync(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, 0, 4);
        });
        var error = await ErrorAsync(target.Uri);
        error.Code.ShouldBe("malformed-answer");
        error.Message.ShouldContain("no text in utf-8");
    }

    [Fact]
    public async Task It_answers_with_too_much()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, $"\"{new string('x', 2_000)}\"");
        var answer = await rest.CallAsync("""{"maxAnswerBytes":1000}""", target.Uri);
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.Volumetric);
        error.Code.ShouldBe("answer-too-large");
        error.Message.ShouldContain("1000 bytes");
        error.Retryable.ShouldBeFalse();
    }

    [Fact]
    public async Task It_fails_twice_and_recovers()
    {
        var requests = 0;
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = ++requests <= 2 ? 503 : 200;
            return Task.CompletedTask;
        });
        (await rest.CallAsync(new { url = target.Uri })).Completed.ShouldNotBeNull();
        requests.ShouldBe(3);
    }

    private async Task<ErrorInfo> ErrorAsync(Uri url) =>
        (await rest.CallAsync(new { url })).Errored.ShouldNotBeNull().Error;

    // The placeholder is written into the text, as Uri would escape its braces.
    private static Uri Secret(Uri target) => new($"{target}people/{{id}}");
}
