using System.Text;
using System.Text.Json;
using Integration.Fixtures;
using Integration.Rest.Request;
using Integration.Testing;
using Microsoft.AspNetCore.Http;

namespace Integration.Rest.Tests;

public sealed class Answers(RestFixture rest) : IClassFixture<RestFixture>
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/problem+json")]
    [InlineData("APPLICATION/HAL+JSON")]
    [InlineData("text/json")]
    public async Task JSON_is_handed_over_as_JSON(string mediaType)
    {
        var output = await GetAsync(mediaType, """{"a":[1,2.50,null,"é"]}"""u8.ToArray());
        output.Status.ShouldBe(200);
        output.Body!.Value.GetProperty("a")[1].GetRawText().ShouldBe("2.50");
        output.Body!.Value.GetProperty("a")[3].GetString().ShouldBe("é");
    }

    [Theory]
    [InlineData("text/plain", "{\"a\":1}")]
    [InlineData("text/html", "<p>São Paulo</p>")]
    [InlineData("application/xml", "<a/>")]
    public async Task Everything_else_is_handed_over_as_text(string mediaType, string text) =>
        (await GetAsync(mediaType, Encoding.UTF8.GetBytes(text))).Body!.Value.GetString().ShouldBe(text);

    [Theory]
    [InlineData("""{"a":1}""", JsonValueKind.Object)]
    [InlineData("plain", JsonValueKind.String)]
    public async Task Without_a_media_type_it_is_JSON_when_it_reads_like_JSON(string text, JsonValueKind kind) =>
        (await GetAsync(null, Encoding.UTF8.GetBytes(text))).Body!.Value.ValueKind.ShouldBe(kind);

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("text/plain; charset=windows-1252", "windows-1252")]
    [InlineData("application/json; charset=\"utf-16\"", "utf-16")]
    public async Task The_character_set_is_honoured(string contentType, string charset)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        var text = contentType.StartsWith("text", StringComparison.Ordinal) ? "São" : "\"São\"";
        (await GetAsync(contentType, encoding.GetBytes(text))).Body!.Value.GetString().ShouldBe("São");
    }

    [Theory]
    [InlineData("text/plain; charset=utf8", "utf-8")]
    [InlineData("text/plain; charset=UTF_8", "utf-8")]
    [InlineData("text/plain; charset=cp1252", "windows-1252")]
    [InlineData("application/json; charset=us-ascii", "utf-8")]
    [InlineData("application/json; charset=iso-8859-1", "utf-8")]
    [InlineData("application/json; charset=windows-1252", "utf-8")]
    [InlineData("application/problem+json; charset=iso-8859-15", "utf-8")]
    [InlineData("application/json; charset=utf-16", "utf-8")]
    [InlineData("application/json; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("application/json; charset=windows-1252", "windows-1252")]
    [InlineData("application/json; charset=us-ascii", "us-ascii")]
    [InlineData("application/json; charset=nonsense", "utf-8")]
    public async Task Names_that_many_write_are_understood_and_JSON_is_utf_8_where_it_is(
        string contentType,
        string charset
    )
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        var word = charset == "us-ascii" ? "Sao" : "São";
        var text = contentType.StartsWith("text", StringComparison.Ordinal) ? word : $"\"{word}\"";
        (await GetAsync(contentType, encoding.GetBytes(text))).Body!.Value.GetString().ShouldBe(word);
    }

    [Theory]
    [InlineData("json", "text/plain; charset=iso-8859-1")]
    [InlineData("text", "application/json; charset=windows-1252")]
    public async Task JSON_is_utf_8_where_it_is_in_whatever_form_it_is_wanted(string form, string contentType)
    {
        await using var target = Saying(contentType, "\"São\""u8.ToArray());
        var output = Output(await rest.CallAsync($$$"""{"answer":{"as":"{{{form}}}"}}""", target.Uri));
        output.Body!.Value.GetString().ShouldBe(form == "json" ? "São" : "\"São\"");
    }

    [Theory]
    [InlineData("iso-2022-jp", "注文")]
    [InlineData("shift_jis", "注文")]
    [InlineData("koi8-r", "заказ")]
    [InlineData("utf-16BE", "заказ")]
    public async Task JSON_that_is_in_the_character_set_it_says_is_read_in_it(string charset, string word)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        var body = encoding.GetBytes($"\"{word}\"");
        (await GetAsync($"application/json; charset={charset}", body)).Body!.Value.GetString().ShouldBe(word);
    }

    [Theory]
    [InlineData("application/json; charset=us-ascii", "22 4D FC 22", "'us-ascii'")]
    [InlineData("application/json; charset=utf-8", "22 4D FC 22", "holds bytes that are none of it")]
    [InlineData("application/json", "22 4D FC 22", "is no text in utf-8")]
    [InlineData("text/plain; charset=us-ascii", "4D C3 BC", "'us-ascii'")]
    [InlineData("text/plain; charset=utf-8", "4D FC", "'utf-8'")]
    [InlineData("text/plain; charset=utf8", "4D C3", "'utf8'")]
    [InlineData("text/plain; charset=utf-16", "4D 00 FC", "'utf-16'")]
    [InlineData("text/plain; charset=shift_jis", "4D 81", "'shift_jis'")]
    [InlineData("text/plain", "EF BB BF 4D FC", "'utf-8'")]
    [InlineData("text/plain", "FF FE 4D 00 FC", "'utf-16'")]
    public async Task Bytes_that_do_not_fit_the_character_set_are_never_replaced(
        string contentType,
        string bytes,
        string problem
    )
    {
        await using var target = Saying(contentType, Convert.FromHexString(bytes.Replace(" ", "")));
        var error = (await rest.CallAsync(new { url = target.Uri })).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("malformed-answer");
        error.Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("application/json", """{"a":1,}""")]
    [InlineData("text/xml", "<!DOCTYPE a><a/>", "It has a document type (<!DOCTYPE …>), which is not taken.")]
    public async Task A_problem_is_told_for_people_and_not_for_programmers(
        string contentType,
        string text,
        string problem = "is no JSON"
    )
    {
        await using var target = Saying(contentType, Encoding.UTF8.GetBytes(text));
        var form = contentType == "text/xml" ? "xml" : "json";
        var answer = await rest.CallAsync($$$"""{"answer":{"as":"{{{form}}}"}}""", target.Uri);
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Message.ShouldContain(problem);
        error.Message.ShouldNotContain("reader");
        error.Message.ShouldNotContain("Reader");
    }

    [Fact]
    public async Task A_failure_that_is_expected_must_be_readable_too()
    {
        await using var target = TcpTarget.Answering(
            "HTTP/1.1 404 Not Found\r\nContent-Encoding: zstd\r\nContent-Length: 3\r\n\r\nabc"
        );
        var error = (await rest.CallAsync("""{"expect":[404]}""", target.Uri)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("malformed-answer");
        error.Message.ShouldContain("'zstd'");
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_answer() =>
        (await GetAsync("application/json", [0xEF, 0xBB, 0xBF, (byte)'1'])).Body!.Value.GetInt32().ShouldBe(1);

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task An_answer_without_a_body_has_none(int status)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var output = Output(await rest.CallAsync(new { url = target.Uri }));
        output.Status.ShouldBe(status);
        output.Body.ShouldBeNull();
    }

    [Fact]
    public async Task Headers_come_by_lower_case_names_and_without_cookies_and_credentials()
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.Headers["X-Request-Id"] = "17";
            context.Response.Headers["X-Many"] = new[] { "a", "b" };
            context.Response.Headers.SetCookie = "session=secret";
            context.Response.Headers["Authorization"] = "Bearer secret";
            context.Response.Headers.Location = "/orders/17";
            return context.Response.WriteAsync("x");
        });
        var headers = Output(await rest.CallAsync(new { url = target.Uri })).Headers;
        headers["x-request-id"].ShouldBe("17");
        headers["x-many"].ShouldBe("a, b");
        headers["location"].ShouldBe("/orders/17");
        headers.Values.ShouldAllBe(value => !value.Contains("secret"));
    }

    [Theory]
    [InlineData("""[404]""", 404)]
    [InlineData("""["404"]""", 404)]
    [InlineData("""["2xx","4xx"]""", 410)]
    [InlineData("""["400-404"]""", 404)]
    [InlineData("""["5xx"]""", 500)]
    [InlineData("""["3xx"]""", 302)]
    public async Task Which_statuses_are_a_success_is_the_tasks_to_say(string expect, int status)
    {
        await using var target = await HttpTarget.AnsweringAsync(status, """{"error":"x"}""");
        var output = Output(await rest.CallAsync($$"""{"expect":{{expect}}}""", target.Uri));
        output.Status.ShouldBe(status);
        output.Body!.Value.GetProperty("error").GetString().ShouldBe("x");
    }

    [Fact]
    public async Task A_success_that_was_not_expected_is_none()
    {
        await using var target = await HttpTarget.AnsweringAsync(202, "{}");
        var error = (await rest.CallAsync("""{"expect":[200]}""", target.Uri)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("unexpected-status");
        error.Status.ShouldBe(202);
    }

    private static TcpTarget Saying(string contentType, byte[] body) =>
        TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(
                $"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n"
            );
            await conversation.WriteAsync(body);
        });

    private async Task<RequestOperation.Output> GetAsync(string? contentType, byte[] body)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.Body.WriteAsync(body, 0, body.Length);
        });
        return Output(await rest.CallAsync(new { url = target.Uri }));
    }

    private static RequestOperation.Output Output(TaskAnswer answer) => answer.Outputs<RequestOperation.Output>();
}
