using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Http;

namespace Integration.Soap.Tests;

public sealed class Malformed_answers(SoapFixture soap)
{
    private const string Bomb = """
        <?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>&b;</s:Body></s:Envelope>
        """;

    private const string External = """
        <?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><o:OrderStatus xmlns:o="urn:orders">&x;</o:OrderStatus></s:Body></s:Envelope>
        """;

    public static TheoryData<string, string, string> Bodies =>
        new()
        {
            { "<html>Log in</html>", "text/html", "is text/html" },
            { "<a>b</a>", "text/xml", "is no SOAP envelope: its root is <a>" },
            { "{}", "text/xml", "is no XML" },
            { "", "text/xml", "is empty" },
            { Answers.Status("x")[..^20], "text/xml", "nexpected end" },
            { "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>", "text/xml", "without a body" },
            { Answers.Envelope("<a/>"), "text/xml", "a" },
            { Answers.Status("x"), "text/xml; charset=klingon", "character set 'klingon'" },
            { Bomb, "text/xml", "document type" },
            { External, "text/xml", "document type" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_answer_that_is_not_what_it_should_be_is_told(string body, string type, string problem)
    {
        var error = await ErrorAsync(context => Answers.WriteAsync(context, body, type: type), "Reads=*");
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe("malformed-answer");
        error.Status.ShouldBe(200);
        error.Message.ShouldContain(problem);
    }

    [Fact]
    public async Task A_secret_that_the_excerpt_of_an_answer_cuts_is_not_shown_in_part()
    {
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(
                context,
                $"<html>{new string('.', 2030)}{context.Request.Headers["X-Key"]}",
                type: "text/html"
            )
        );
        await using var service = await TargetedService.StartAsync(
            soap.Servers,
            target.Uri,
            "--Secrets:session:Hosts=127.0.0.1",
            $"--Secrets:session:Value={SoapFixture.Token}"
        );
        var answer = await service.Service.RunAsync(
            "soap.call",
            new
            {
                service = "target",
                operation = "GetStatus",
                input = 1,
                httpHeaders = new Dictionary<string, string> { ["X-Key"] = "{{secrets.session}}" },
            }
        );
        target.Requests.ShouldHaveSingleItem().Headers["X-Key"].ShouldBe(SoapFixture.Token);
        var details = answer.Errored.ShouldNotBeNull().Error.Details!.Value.GetRawText();
        details.ShouldContain("....");
        details.ShouldNotContain(SoapFixture.Token[..8]);
    }

    [Fact]
    public async Task What_was_asked_has_probably_been_done_so_that_it_is_in_doubt() =>
        (await ErrorAsync(context => Answers.WriteAsync(context, "{}"))).Category.ShouldBe(ErrorCategory.InDoubt);

    [Fact]
    public async Task Attachments_are_refused_by_name()
    {
        var error = await ErrorAsync(
            context =>
                Answers.WriteAsync(
                    context,
                    InParts(
                        Answers.Status("<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:a'/>"),
                        "a file"
                    ),
                    type: Multipart
                ),
            "Reads=*"
        );
        error.Code.ShouldBe("answer-unsupported");
        error.Message.ShouldContain("MTOM");
    }

    private const string Multipart =
        "multipart/related; type=\"application/xop+xml\"; boundary=\"b+1\"; start=\"<r>\"; start-info=\"text/xml\"";

    private static string InParts(string root, params string[] attachments) =>
        "--b+1\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\nContent-ID: <r>\r\n\r\n"
        + root
        + string.Concat(attachments.Select(attachment => $"\r\n--b+1\r\nContent-ID: <a>\r\n\r\n{attachment}"))
        + "\r\n--b+1--\r\n";

    [Fact]
    public async Task An_answer_in_one_part_is_read_as_if_it_came_without_parts()
    {
        (
            await ResultAsync(context =>
                Answers.WriteAsync(context, InParts(Answers.Status("shipped")), type: Multipart)
            )
        ).ShouldBe("shipped");
        (
            await ErrorAsync(context =>
                Answers.WriteAsync(context, InParts(Answers.Fault("Client", "no")), 500, Multipart)
            )
        ).Code.ShouldBe("sender-fault");
    }

    [Theory]
    [InlineData("multipart/related; boundary=\"b+1\"", 20)]
    [InlineData("multipart/related", 0)]
    [InlineData("multipart/related; boundary=other", 0)]
    public async Task An_answer_that_is_not_in_parts_as_it_says_is_told(string type, int missing)
    {
        var body = InParts(Answers.Status("shipped"));

        var error = await ErrorAsync(context => Answers.WriteAsync(context, body[..^missing], type: type), "Reads=*");

        error.Code.ShouldBe("malformed-answer");
    }

    [Theory]
    [InlineData("windows-1252", "€ größer")]
    [InlineData("shift_jis", "注文")]
    [InlineData("koi8-r", "заказ")]
    public async Task The_encoding_that_the_answer_itself_declares_is_honoured(string encoding, string text)
    {
        var body = Encoded(encoding, Declaring(encoding, Answers.Status(text)));

        (await ResultAsync(context => WriteAsync(context, body, "text/xml"))).ShouldBe(text);
    }

    [Theory]
    [InlineData("text/xml; charset=utf-8")]
    [InlineData("text/xml; charset=us-ascii")]
    [InlineData("text/xml")]
    public async Task Bytes_that_are_no_text_of_the_character_set_are_told(string type)
    {
        var error = await ErrorAsync(
            async context =>
            {
                context.Response.ContentType = type;
                await context.Response.Body.WriteAsync(System.Text.Encoding.Latin1.GetBytes(Answers.Status("größer")));
            },
            "Reads=*"
        );

        error.Code.ShouldBe("malformed-answer");
    }

    [Theory]
    [InlineData("us-ascii", "größer", "iso-8859-1")]
    [InlineData("utf-8", "größer", "iso-8859-1")]
    [InlineData("shift_jis", "x\u0081", "iso-8859-1")]
    public async Task Bytes_that_do_not_fit_the_encoding_that_the_answer_itself_declares_are_told(
        string declared,
        string text,
        string charset
    )
    {
        var body = Encoded(charset, Declaring(declared, Answers.Status(text)));

        (await ErrorAsync(context => WriteAsync(context, body, "text/xml"), "Reads=*")).Code.ShouldBe(
            "malformed-answer"
        );
        (await ErrorAsync(context => WriteAsync(context, Part(body), Multipart), "Reads=*")).Code.ShouldBe(
            "malformed-answer"
        );
    }

    [Fact]
    public async Task An_encoding_that_only_the_answer_declares_and_that_is_not_known_is_named()
    {
        var error = await ErrorAsync(
            context => Answers.WriteAsync(context, Declaring("klingon", Answers.Status("x")), type: "text/xml"),
            "Reads=*"
        );

        error.Code.ShouldBe("malformed-answer");
        error.Message.ShouldContain("It declares the encoding 'klingon', which is not known.");
    }

    [Fact]
    public async Task A_declaration_without_end_is_told()
    {
        var error = await ErrorAsync(
            context => Answers.WriteAsync(context, "<?xml" + new string(' ', 20_000), type: "text/xml"),
            "Reads=*"
        );

        error.Code.ShouldBe("malformed-answer");
        error.Message.ShouldContain("does not end within 4096 bytes");
    }

    [Theory]
    [InlineData("utf-8", true, "text/xml; charset=iso-8859-1", null)]
    [InlineData("utf-8", true, "text/xml", "windows-1252")]
    [InlineData("utf-8", false, "text/xml", "utf-16")]
    [InlineData("utf-16", true, "text/xml", "utf-16")]
    [InlineData("utf-16BE", true, "text/xml; charset=utf-16", null)]
    [InlineData("utf-16BE", false, "text/xml", "utf-16")]
    [InlineData("utf-16", false, "text/xml", null)]
    [InlineData("utf-32", true, "text/xml", null)]
    [InlineData("windows-1252", false, "text/xml; charset=windows-1252", "utf-8")]
    public async Task A_mark_counts_before_the_header_and_the_header_before_the_declaration(
        string charset,
        bool isMarked,
        string type,
        string? declared
    )
    {
        var text = Answers.Status("größer");
        byte[] body = Encoded(charset, declared is null ? text : Declaring(declared, text));
        if (isMarked)
            body = [.. System.Text.Encoding.GetEncoding(charset).GetPreamble(), .. body];

        (await ResultAsync(context => WriteAsync(context, body, type))).ShouldBe("größer");
    }

    [Theory]
    [InlineData("text/xml; charset=iso-8859-1")]
    [InlineData("text/xml; charset=utf-16")]
    [InlineData("text/xml")]
    public async Task Bytes_that_do_not_fit_the_mark_are_told_whatever_the_header_says(string type)
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoded("iso-8859-1", Answers.Status("größer"))];

        (await ErrorAsync(context => WriteAsync(context, body, type), "Reads=*")).Code.ShouldBe("malformed-answer");
    }

    [Fact]
    public async Task An_answer_that_comes_byte_by_byte_is_read_in_the_encoding_that_it_declares()
    {
        var body = Encoded("windows-1252", Declaring("windows-1252", Answers.Status("€ größer")));

        (
            await ResultAsync(async context =>
            {
                context.Response.ContentType = "text/xml";
                foreach (var one in body)
                {
                    await context.Response.Body.WriteAsync(new[] { one });
                    await context.Response.Body.FlushAsync();
                }
            })
        ).ShouldBe("€ größer");
    }

    [Fact]
    public async Task A_fault_in_the_encoding_that_it_declares_is_read()
    {
        var body = Encoded("windows-1252", Declaring("windows-1252", Answers.Fault("Client", "zu groß")));

        var error = await ErrorAsync(context => WriteAsync(context, body, "text/xml", 500));

        error.Code.ShouldBe("sender-fault");
        error.Message.ShouldContain("zu groß");
    }

    private static string Declaring(string encoding, string xml) =>
        $"<?xml version=\"1.0\" encoding=\"{encoding}\"?>{xml}";

    private static byte[] Encoded(string charset, string text) =>
        (
            System.Text.CodePagesEncodingProvider.Instance.GetEncoding(charset)
            ?? System.Text.Encoding.GetEncoding(charset)
        ).GetBytes(text);

    private static byte[] Part(byte[] root) =>
        [
            .. "--b+1\r\nContent-Type: application/xop+xml; type=\"text/xml\"\r\nContent-ID: <r>\r\n\r\n"u8,
            .. root,
            .. "\r\n--b+1--\r\n"u8,
        ];

    private static async Task WriteAsync(HttpContext context, byte[] body, string type, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(body);
    }

    [Theory]
    [InlineData(202, "")]
    [InlineData(202, "accepted")]
    [InlineData(204, "")]
    public async Task An_answer_that_only_says_that_the_message_is_taken_is_a_result_without_content(
        int status,
        string body
    )
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return status == 204 ? Task.CompletedTask : context.Response.WriteAsync(body);
        });
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri);

        var outputs = (await service.CallAsync()).Completed.ShouldNotBeNull().Outputs;

        outputs.GetProperty("status").GetInt32().ShouldBe(status);
        outputs.TryGetProperty("result", out _).ShouldBeFalse();
    }

    private async Task<string?> ResultAsync(Func<HttpContext, Task> answer)
    {
        await using var target = await HttpTarget.StartAsync(answer);
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri);
        return (await service.CallAsync()).Completed.ShouldNotBeNull().Outputs.GetProperty("result").GetString();
    }

    [Theory]
    [InlineData("""<x:Unknown xmlns:x="urn:x" s:mustUnderstand="1"/>""", "answer-not-understood")]
    [InlineData(
        """<wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" s:mustUnderstand="1"><wsu:Timestamp xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"><wsu:Created>2020-01-01T00:00:00Z</wsu:Created><wsu:Expires>2020-01-01T00:05:00Z</wsu:Expires></wsu:Timestamp></wsse:Security>""",
        "answer-expired"
    )]
    [InlineData(
        """<wsa:RelatesTo xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:uuid:another</wsa:RelatesTo>""",
        "answer-to-another"
    )]
    [InlineData(
        """<wsa:RelatesTo xmlns:wsa="http://www.w3.org/2005/08/addressing" RelationshipType="http://www.w3.org/2005/08/addressing/reply">urn:uuid:another</wsa:RelatesTo>""",
        "answer-to-another"
    )]
    [InlineData(
        """<x:Unknown xmlns:x="urn:x" s:mustUnderstand="1" s:actor="http://schemas.xmlsoap.org/soap/actor/next"/>""",
        "answer-not-understood"
    )]
    public async Task A_header_of_the_answer_says_that_it_must_not_be_used(string header, string code)
    {
        var error = await ErrorAsync(
            context => Answers.WriteAsync(context, Answers.Status("shipped", header)),
            "Reads=*",
            "Addressing=true"
        );
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Headers_that_are_good_or_not_ours_to_judge_are_no_trouble()
    {
        const string headers = """
            <x:Unknown xmlns:x="urn:x"><x:a>1</x:a></x:Unknown>
            <x:Other xmlns:x="urn:x" s:mustUnderstand="1" s:actor="urn:somebody-on-the-way"/>
            <x:Unknown xmlns:x="urn:x"><x:a>2</x:a></x:Unknown>
            <wsa:RelatesTo xmlns:wsa="http://www.w3.org/2005/08/addressing" RelationshipType="urn:another-kind">urn:uuid:another</wsa:RelatesTo>
            <wsa:Action xmlns:wsa="http://www.w3.org/2005/08/addressing" s:mustUnderstand="1">urn:answer</wsa:Action>
            <wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" s:mustUnderstand="1"/>
            """;
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(context, Answers.Status("shipped", headers))
        );
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri, "Addressing=true");
        var outputs = (await service.CallAsync()).Completed.ShouldNotBeNull().Outputs;
        outputs.GetProperty("result").GetString().ShouldBe("shipped");
        var kept = outputs.GetProperty("headers");
        kept.EnumerateObject().Select(header => header.Name).ShouldBe(["{urn:x}Unknown", "{urn:x}Other"]);
        kept.GetProperty("{urn:x}Unknown").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("", "text/html; charset=utf-8")]
    [InlineData("", "text/xml")]
    [InlineData("<html>Thank you</html>", "text/html; charset=utf-8")]
    [InlineData("accepted", "text/plain")]
    [InlineData("accepted", "text/plain; charset=klingon")]
    [InlineData("größer", "text/plain; charset=us-ascii")]
    [InlineData("accepted", "multipart/related")]
    public async Task What_a_one_way_operation_is_answered_with_does_not_matter(string body, string type)
    {
        var outputs = await RemindAsync(body, type);
        outputs.Completed.ShouldNotBeNull(outputs.Error).Outputs.GetProperty("status").GetInt32().ShouldBe(202);
    }

    [Fact]
    public async Task A_fault_of_a_one_way_operation_is_told() =>
        (await RemindAsync(Answers.Fault("Client", "no"), "text/xml"))
            .Errored.ShouldNotBeNull()
            .Error.Code.ShouldBe("sender-fault");

    private async Task<TaskAnswer> RemindAsync(string body, string type)
    {
        await using var target = await HttpTarget.StartAsync(context => Answers.WriteAsync(context, body, 202, type));
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri);
        return await service.Service.RunAsync(
            "soap.call",
            new
            {
                service = "target",
                operation = "Remind",
                input = 1,
            }
        );
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public async Task The_character_set_of_the_answer_is_honoured(string charset)
    {
        await using var target = await HttpTarget.StartAsync(async context =>
        {
            context.Response.ContentType = $"text/xml; charset={charset}";
            await context.Response.Body.WriteAsync(
                System.Text.Encoding.GetEncoding(charset).GetBytes(Answers.Status("größer"))
            );
        });
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri);
        (await service.CallAsync())
            .Completed.ShouldNotBeNull()
            .Outputs.GetProperty("result")
            .GetString()
            .ShouldBe("größer");
    }

    private async Task<ErrorInfo> ErrorAsync(
        Func<Microsoft.AspNetCore.Http.HttpContext, Task> answer,
        params string[] settings
    )
    {
        await using var target = await HttpTarget.StartAsync(answer);
        await using var service = await TargetedService.StartAsync(soap.Servers, target.Uri, settings);
        return await service.ErrorAsync();
    }
}
