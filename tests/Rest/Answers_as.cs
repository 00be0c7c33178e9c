using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Rest.Request;
using Integration.Testing;

namespace Integration.Rest.Tests;

public sealed class Answers_as(RestFixture rest) : IClassFixture<RestFixture>
{
    [Theory]
    [InlineData("<a/>", """{"a":""}""")]
    [InlineData("<a> x </a>", """{"a":" x "}""")]
    [InlineData("<a>1</a>", """{"a":"1"}""")]
    [InlineData("<a><![CDATA[<&]]>&lt;&#65;</a>", """{"a":"<&<A"}""")]
    [InlineData("<a b='1' c=''/>", """{"a":{"@b":"1","@c":""}}""")]
    [InlineData("<a b='1'>x</a>", """{"a":{"@b":"1","#text":"x"}}""")]
    [InlineData("<a>\n  <b>1</b>\n  <c>2</c>\n</a>", """{"a":{"b":"1","c":"2"}}""")]
    [InlineData("<a><b>1</b><c/><b>2</b></a>", """{"a":{"b":["1","2"],"c":""}}""")]
    [InlineData("<a>x<b>1</b>y</a>", """{"a":{"#text":"xy","b":"1"}}""")]
    [InlineData("<?xml version='1.0'?><!-- c --><a><?pi x?><!-- c -->x</a>", """{"a":"x"}""")]
    [InlineData("<p:a xmlns:p='urn:1' xmlns='urn:2'><b>1</b><p:b>2</p:b></p:a>", """{"a":{"b":["1","2"]}}""")]
    [InlineData("<a xmlns:x='urn:x' x:href='1'/>", """{"a":{"@href":"1"}}""")]
    [InlineData("<a xmlns:x='urn:x' href='0' x:href='1'/>", """{"a":{"@href":"0","@{urn:x}href":"1"}}""")]
    [InlineData(
        "<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><b i:nil='true'/><c i:type='t'>1</c></a>",
        """{"a":{"b":null,"c":"1"}}"""
    )]
    [InlineData("<a><item>1</item><other>2</other></a>", """{"a":{"item":["1"],"other":"2"}}""", """["item"]""")]
    [InlineData("<a><b><item><x/></item></b></a>", """{"a":{"b":{"item":[{"x":""}]}}}""", """["item"]""")]
    public async Task XML_becomes_JSON_by_its_rules(string xml, string json, string lists = "[]")
    {
        var body = await BodyAsync(
            $$"""{"as":"xml","lists":{{lists}}}""",
            "application/xml",
            Encoding.UTF8.GetBytes(xml)
        );
        JsonNode.DeepEquals(JsonNode.Parse(body.GetRawText()), JsonNode.Parse(json)).ShouldBeTrue(body.GetRawText());
    }

    [Theory]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-1'?><a>São</a>", "iso-8859-1", "application/xml")]
    [InlineData(
        "<?xml version=\"1.0\" encoding=\"windows-1252\" standalone=\"yes\"?><a>São</a>",
        "windows-1252",
        "text/xml"
    )]
    [InlineData("<?xml version='1.0' encoding='utf-8'?><a>São</a>", "iso-8859-1", "text/xml; charset=iso-8859-1")]
    [InlineData("\uFEFF<?xml version='1.0' encoding='UTF-16'?><a>São</a>", "utf-16", "application/xml")]
    [InlineData("\uFEFF<a>São</a>", "utf-16BE", "application/soap+xml")]
    [InlineData("<a>São</a>", "utf-8", "text/plain")]
    public async Task XML_is_read_in_the_character_set_of_its_mark_its_header_or_its_declaration(
        string xml,
        string charset,
        string contentType
    )
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        var body = await BodyAsync("""{"as":"xml"}""", contentType, encoding.GetBytes(xml));
        body.GetProperty("a").GetString().ShouldBe("São");
    }

    [Fact]
    public async Task As_text_XML_is_read_by_its_declaration_too()
    {
        const string xml = "<?xml version='1.0' encoding='ISO-8859-1'?><a>São</a>";
        var bytes = Encoding.Latin1.GetBytes(xml);
        (await BodyAsync("""{"as":"auto"}""", "application/xml", bytes)).GetString().ShouldBe(xml);
        (await BodyAsync("""{"as":"text"}""", "application/rss+xml", bytes)).GetString().ShouldBe(xml);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY e 'x'><!ENTITY f '&e;&e;&e;&e;&e;'>]><a>&f;</a>")]
    [InlineData("<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>")]
    [InlineData("<a><b></a>")]
    [InlineData("{}")]
    [InlineData("<a>&unknown;</a>")]
    public async Task XML_with_a_document_type_or_none_at_all_is_refused(string xml) =>
        (await ErrorAsync("""{"as":"xml"}""", "text/xml", xml)).Message.ShouldContain("is wanted as XML, and is none");

    [Fact]
    public async Task XML_without_end_in_its_depth_is_refused_and_one_of_fair_depth_taken()
    {
        string Nested(int depth) =>
            string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        (await ErrorAsync("""{"as":"xml"}""", "text/xml", Nested(20_000))).Message.ShouldContain(
            "nested more than 128 elements deep"
        );
        (await BodyAsync("""{"as":"xml"}""", "text/xml", Encoding.ASCII.GetBytes(Nested(50)))).ValueKind.ShouldBe(
            JsonValueKind.Object
        );
    }

    [Fact]
    public async Task JSON_that_is_too_deep_for_an_event_is_refused()
    {
        string Nested(int depth) => new string('[', depth) + new string(']', depth);
        (await ErrorAsync("""{"as":"json"}""", "text/plain", Nested(57))).Message.ShouldContain("is no JSON");
        await BodyAsync("""{"as":"json"}""", "text/plain", Encoding.ASCII.GetBytes(Nested(56)));
    }

    [Fact]
    public async Task The_task_can_say_what_the_target_does_not()
    {
        (await BodyAsync("""{"as":"json"}""", "text/html", "[1]"u8.ToArray()))[0].GetInt32().ShouldBe(1);
        (await BodyAsync("""{"as":"text"}""", "application/json", "[1]"u8.ToArray())).GetString().ShouldBe("[1]");
        var error = await ErrorAsync("""{"as":"json"}""", "text/html", "<p>");
        error.Message.ShouldContain("the answer is wanted as JSON, and is no JSON");
    }

    [Fact]
    public async Task Bytes_are_handed_over_in_base64_up_to_the_limit_of_an_event()
    {
        byte[] bytes = [0, 255, 1, 0x89];
        var output = (await CallAsync("""{"as":"base64"}""", "image/png", bytes)).Outputs<RequestOperation.Output>();
        output.Base64.ShouldBe(Convert.ToBase64String(bytes));
        output.Body.ShouldBeNull();
        await using var target = await HttpTarget.AnsweringAsync(200, new string('x', 751));
        var error = (await rest.CallAsync("""{"answer":{"as":"base64"},"maxAnswerBytes":1000}""", target.Uri)).Errored;
        error.ShouldNotBeNull().Error.Code.ShouldBe("answer-too-large");
        error.Error.Message.ShouldContain("750 bytes");
    }

    [Fact]
    public async Task Business_errors_and_failures_are_found_in_XML_as_the_process_gets_it()
    {
        const string xml = "<answer><error code='17'>none left</error></answer>";
        await using var target = await HttpTarget.AnsweringAsync(200, xml, "text/xml");
        var answer = await rest.CallAsync(
            """{"answer":{"as":"xml"},"errors":[{"code":"NONE","when":{"pointer":"/answer/error/@code","equals":"17"}}]}""",
            target.Uri
        );
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("NONE");
    }

    [Fact]
    public async Task A_failure_in_another_form_than_the_success_is_understood_as_well()
    {
        await using var target = await HttpTarget.AnsweringAsync(409, """{"reason":"sold"}""");
        var answer = await rest.CallAsync(
            """{"answer":{"as":"xml"},"errors":[{"code":"SOLD","when":{"pointer":"/reason","equals":"sold"}}]}""",
            target.Uri
        );
        answer.Rejected.ShouldNotBeNull(answer.Error).Error.Code.ShouldBe("SOLD");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("xml")]
    [InlineData("base64")]
    [InlineData("text")]
    public async Task An_answer_without_a_body_has_none_in_any_form(string form)
    {
        var answer = await CallAsync($$"""{"as":"{{form}}"}""", "text/plain", []);
        var output = answer.Outputs<RequestOperation.Output>();
        output.Body.ShouldBeNull();
        output.Base64.ShouldBeNull();
    }

    private async Task<JsonElement> BodyAsync(string form, string contentType, byte[] body) =>
        (await CallAsync(form, contentType, body)).Outputs<RequestOperation.Output>().Body!.Value;

    private async Task<ErrorInfo> ErrorAsync(string form, string contentType, string body)
    {
        var error = (await CallAsync(form, contentType, Encoding.UTF8.GetBytes(body))).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("malformed-answer");
        return error;
    }

    private async Task<TaskAnswer> CallAsync(string form, string contentType, byte[] body)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.Body.WriteAsync(body, 0, body.Length);
        });
        var inputs = form.Replace(",\"lists\":[]", "", StringComparison.Ordinal);
        return await rest.CallAsync($$"""{"answer":{{inputs}}}""", target.Uri);
    }
}
