using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Integration.Fixtures;
using Integration.Rest.Request;
using Microsoft.AspNetCore.Http;

namespace Integration.Rest.Tests;

public sealed class Saved_answers(RestFixture rest) : IClassFixture<RestFixture>
{
    private const string FileText = """{"answer":{"store":"documents"}}""";

    [Fact]
    public async Task An_answer_is_saved_byte_by_byte_and_handed_over_by_reference()
    {
        var content = RandomNumberGenerator.GetBytes(2_000_000);
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.ContentType = "application/pdf";
            context.Response.Headers["X-Total"] = "1";
            return context.Response.Body.WriteAsync(content, 0, content.Length);
        });
        var output = await OutputAsync(target, FileText, "reports/r%20%C3%A9.pdf");
        output.Status.ShouldBe(200);
        output.Headers["x-total"].ShouldBe("1");
        output.Body.ShouldBeNull();
        var file = output.File.ShouldNotBeNull();
        file.Size.ShouldBe(content.Length);
        file.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        file.ContentType.ShouldBe("application/pdf");
        file.Name.ShouldBe("r é.pdf");
        (await rest.ReadAsync(file)).ShouldBe(content);
    }

    [Theory]
    [InlineData("attachment; filename=\"report 1.pdf\"", "report 1.pdf")]
    [InlineData("attachment; filename=x; filename*=UTF-8''%C3%9Cbersicht.pdf", "Übersicht.pdf")]
    [InlineData("attachment; filename=\"../../etc/passwd\"", "passwd")]
    [InlineData("attachment; filename=\"..\\\\..\\\\boot.ini\"", "boot.ini")]
    [InlineData("attachment; filename=\"..\"", null)]
    [InlineData("attachment", "download")]
    [InlineData("nonsense;;;=", "download")]
    public async Task It_is_called_what_the_target_says_and_never_a_path(string disposition, string? name)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.Headers.ContentDisposition = disposition;
            return context.Response.WriteAsync("x");
        });
        (await OutputAsync(target, FileText, "download")).File.ShouldNotBeNull().Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("attachment; filename=\"Müller.pdf\"", true, "Müller.pdf")]
    [InlineData("attachment; filename=\"Müller.pdf\"", false, "Müller.pdf")]
    [InlineData("attachment; filename=Müller.pdf", true, "Müller.pdf")]
    [InlineData("attachment; filename=my report.pdf; size=3", true, "my report.pdf")]
    [InlineData("attachment; filename=\"見積書.pdf\"", true, "見積書.pdf")]
    [InlineData("attachment; filename=\"=?utf-8?B?TcO8bGxlci5wZGY=?=\"", true, "Müller.pdf")]
    public async Task Its_name_is_read_as_servers_write_it(string disposition, bool utf8, string name)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Disposition: ");
            await conversation.WriteAsync((utf8 ? Encoding.UTF8 : Encoding.Latin1).GetBytes(disposition));
            await conversation.WriteAsync("\r\n\r\nx");
        });
        var answer = await rest.CallAsync(FileText, target.Uri);
        answer.Outputs<RequestOperation.Output>().File.ShouldNotBeNull().Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("gzip", "ends in the middle of it")]
    [InlineData("br", "ends in the middle of it")]
    [InlineData("zstd", "'zstd'")]
    public async Task What_cannot_be_unpacked_to_its_end_is_not_saved(string coding, string problem)
    {
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 50_000)));
        var packed = coding == "zstd" ? content : PackedContent.Pack(content, coding);
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.WriteAsync(
                $"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {packed.Length / 2}\r\n\r\n"
            );
            await conversation.WriteAsync(packed.AsMemory(0, packed.Length / 2));
        });
        var before = rest.Files;
        var error = (await rest.CallAsync(FileText, target.Uri)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("malformed-answer");
        error.Message.ShouldContain(problem);
        rest.Files.ShouldBe(before);
    }

    [Fact]
    public async Task The_task_may_name_it_and_a_root_gives_no_name()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "x");
        const string named = """{"answer":{"as":"file","store":"documents","name":"own.txt"}}""";
        (await OutputAsync(target, named)).File!.Name.ShouldBe("own.txt");
        (await OutputAsync(target, FileText)).File!.Name.ShouldBeNull();
    }

    [Fact]
    public async Task A_compressed_answer_is_saved_unpacked()
    {
        await using var target = await HttpTarget.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 500_000)));
        });
        var file = (await OutputAsync(target, FileText)).File.ShouldNotBeNull();
        file.Size.ShouldBe(500_000);
    }

    [Theory]
    [InlineData("GET", 204)]
    [InlineData("HEAD", 200)]
    public async Task Where_no_body_belongs_there_is_no_file(string method, int status)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var before = rest.Files;
        var inputs = $$$"""{"method":"{{{method}}}","answer":{"store":"documents"}}""";
        (await OutputAsync(target, inputs)).File.ShouldBeNull();
        rest.Files.ShouldBe(before);
    }

    [Fact]
    public async Task An_empty_answer_is_an_empty_file()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        (await OutputAsync(target, FileText)).File.ShouldNotBeNull().Size.ShouldBe(0);
    }

    [Theory]
    [InlineData(404, "{}", "", "not-found")]
    [InlineData(404, "{}", """ ,"failures":[{"status":404,"category":"access","code":"declared"}]""", "declared")]
    [InlineData(
        200,
        """{"error":1}""",
        """ ,"failures":[{"category":"data","code":"declared","when":{"pointer":"/error"}}]""",
        "declared"
    )]
    public async Task What_is_no_success_is_not_saved(int status, string body, string more, string code)
    {
        await using var target = await HttpTarget.AnsweringAsync(status, body);
        var before = rest.Files;
        var answer = await rest.CallAsync($$"""{"answer":{"store":"documents"}{{more}}}""", target.Uri);
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe(code);
        rest.Files.ShouldBe(before);
    }

    [Theory]
    [InlineData(200, """{"when":{"pointer":"/error","equals":"none"},"code":"NONE"}""")]
    [InlineData(404, """{"status":404,"code":"NONE"}""")]
    [InlineData(404, """{"when":{"pointer":"/error"},"code":"NONE"}""")]
    public async Task A_business_error_is_raised_and_nothing_saved(int status, string error)
    {
        await using var target = await HttpTarget.AnsweringAsync(status, """{"error":"none"}""");
        var before = rest.Files;
        var answer = await rest.CallAsync($$"""{"answer":{"store":"documents"},"errors":[{{error}}]}""", target.Uri);
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("NONE");
        rest.Files.ShouldBe(before);
    }

    [Theory]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task Text_is_looked_at_too(string? contentType)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync("<p>busy</p>");
        });
        const string failures = """[{"category":"connectivity","when":{"pointer":"","equals":"<p>busy</p>"}}]""";
        var answer = await rest.CallAsync($$"""{"answer":{"store":"documents"},"failures":{{failures}}}""", target.Uri);
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("declared-failure");
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task It_is_looked_at_up_to_the_limit_of_an_answer(int more, bool found)
    {
        var body = $$"""{"error":"{{new string('x', 988 + more)}}"}""";
        body.Length.ShouldBe(1000 + more);
        await using var target = await HttpTarget.AnsweringAsync(200, body);
        const string errors = """[{"code":"A","when":{"pointer":"/error"}}]""";
        var answer = await rest.CallAsync(
            $$"""{"answer":{"store":"documents"},"maxAnswerBytes":1000,"errors":{{errors}}}""",
            target.Uri
        );
        (answer.Rejected is not null).ShouldBe(found, answer.Error);
        (answer.Completed is not null).ShouldBe(!found, answer.Error);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(16 * 1024)]
    [InlineData(192 * 1024)]
    [InlineData(500_000)]
    public async Task JSON_that_was_looked_at_first_is_saved_whole(int length)
    {
        var body = $$"""{"id":1,"text":"{{new string('x', length)}}"}""";
        await using var target = await HttpTarget.AnsweringAsync(200, body);
        // Nothing is known of the largest before it is saved, so nothing holds of it: not even that something is missing.
        const string errors =
            """[{"code":"A","when":{"pointer":"/error"}},{"code":"B","when":{"pointer":"/id","exists":false}}]""";
        var output = await OutputAsync(target, $$"""{"answer":{"store":"documents"},"errors":{{errors}}}""");
        Encoding.UTF8.GetString(await rest.ReadAsync(output.File.ShouldNotBeNull())).ShouldBe(body);
    }

    private async Task<RequestOperation.Output> OutputAsync(HttpTarget target, string inputs, string path = "")
    {
        var answer = await rest.CallAsync(inputs, new Uri(target.Uri, path));
        answer.Completed.ShouldNotBeNull(answer.Error);
        return answer.Outputs<RequestOperation.Output>();
    }
}
