using Integration.Fixtures;

namespace Integration.Rest.Tests;

public sealed class Requests(RestFixture rest) : IClassFixture<RestFixture>
{
    [Theory]
    [InlineData("text/xml;charset=UTF8")]
    [InlineData("text/xml; charset=\"utf-8\"")]
    [InlineData("text/xml; charset=utf_8")]
    public async Task A_body_is_sent_in_utf_8_however_its_type_spells_that(string contentType)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        var answer = await rest.CallAsync(
            new
            {
                url = target.Uri,
                method = "PUT",
                headers = new Dictionary<string, string> { ["Content-Type"] = contentType },
                body = "<ö/>",
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var request = target.Requests.ShouldHaveSingleItem();
        request.Headers["Content-Type"].ShouldBe(contentType);
        request.Body.ShouldBe("<ö/>");
    }

    [Theory]
    [InlineData("X_Tenant.Id")]
    [InlineData("x!#$%&'*+-.^_`|~1")]
    public async Task A_header_may_have_every_name_that_HTTP_allows(string name)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        var answer = await rest.CallAsync(
            new
            {
                url = target.Uri,
                method = "POST",
                headers = new Dictionary<string, string> { [name] = "17" },
                body = 1,
                idempotencyHeader = $"key_{name}",
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        var headers = target.Requests.ShouldHaveSingleItem().Headers;
        headers[name].ShouldBe("17");
        headers[$"key_{name}"].ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    [InlineData("QUERY")]
    [InlineData("VERSION-CONTROL")]
    public async Task Every_method_is_sent_as_such(string method)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        var answer = await rest.CallAsync(new { url = target.Uri, method });
        answer.Completed.ShouldNotBeNull(answer.Error);
        target.Requests.ShouldHaveSingleItem().Method.ShouldBe(method);
    }

    [Fact]
    public async Task Without_a_method_it_is_a_GET_that_asks_for_JSON()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await rest.CallAsync(new { url = target.Uri });
        var request = target.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("GET");
        request.Headers["Accept"].ShouldStartWith("application/json");
        request.Headers["User-Agent"].ShouldBe("integration-rest");
        request.Headers.ContainsKey("Content-Type").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"a":[1,2.50,{"b":null}],"é":"ü"}""")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("17")]
    [InlineData("false")]
    public async Task A_body_is_sent_as_the_JSON_that_it_is(string body)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await rest.CallAsync($$"""{"url":"{{target.Uri}}","method":"POST","body":{{body}}}""");
        var request = target.Requests.ShouldHaveSingleItem();
        request.Headers["Content-Type"].ShouldBe("application/json");
        request.Body.ShouldBe(body);
    }

    [Fact]
    public async Task A_media_type_that_is_JSON_as_well_is_kept()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await rest.CallAsync(
            $$$"""{"url":"{{{target.Uri}}}","method":"PATCH","headers":{"content-type":"application/merge-patch+json"},"body":{"a":1}}"""
        );
        var request = target.Requests.ShouldHaveSingleItem();
        request.Headers["Content-Type"].ShouldBe("application/merge-patch+json");
        request.Body.ShouldBe("""{"a":1}""");
    }

    [Fact]
    public async Task A_text_of_another_media_type_is_sent_as_it_is()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await rest.CallAsync(
            $$$"""{"url":"{{{target.Uri}}}","method":"PUT","headers":{"Content-Type":"text/xml; charset=utf-8"},"body":"<ö/>"}"""
        );
        var request = target.Requests.ShouldHaveSingleItem();
        request.Headers["Content-Type"].ShouldBe("text/xml; charset=utf-8");
        request.Body.ShouldBe("<ö/>");
    }

    [Fact]
    public async Task Headers_of_the_task_are_sent_and_replace_the_defaults()
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        await rest.CallAsync(
            $$$"""{"url":"{{{target.Uri}}}","headers":{"accept":"text/csv","X-Count":3,"X-Flag":true,"X-None":null}}"""
        );
        var headers = target.Requests.ShouldHaveSingleItem().Headers;
        headers["Accept"].ShouldBe("text/csv");
        headers["X-Count"].ShouldBe("3");
        headers["X-Flag"].ShouldBe("true");
        headers.ContainsKey("X-None").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"headers":{"Host":"other"}}""", "inputs.headers.Host is set by the service itself")]
    [InlineData("""{"headers":{"content-length":"1"}}""", "inputs.headers.content-length is set by the service itself")]
    [InlineData("""{"headers":{"Transfer-Encoding":"chunked"}}""", "inputs.headers.Transfer-Encoding is set by")]
    [InlineData("""{"headers":{"Connection":"close"}}""", "inputs.headers.Connection is set by")]
    [InlineData("""{"headers":{"Proxy-Authorization":"x"}}""", "inputs.headers.Proxy-Authorization is set by")]
    [InlineData(
        """{"headers":{"X":"a\r\nInjected: yes"}}""",
        "inputs.headers.X must be plain ASCII without line breaks"
    )]
    [InlineData("""{"headers":{"X":"a\nb"}}""", "inputs.headers.X must be plain ASCII")]
    [InlineData("""{"headers":{"X":"a\u0000b"}}""", "inputs.headers.X must be plain ASCII")]
    [InlineData("""{"headers":{"X":"é"}}""", "inputs.headers.X must be plain ASCII")]
    [InlineData("""{"headers":{"X":["a"]}}""", "inputs.headers.X must be a text, a number or a boolean")]
    [InlineData("""{"headers":{"X Y":"a"}}""", "inputs.headers.X Y is no name of a header")]
    [InlineData("""{"headers":{"X\r\nY":"a"}}""", "is no name of a header")]
    [InlineData("""{"headers":{"":"a"}}""", "is no name of a header")]
    [InlineData("""{"headers":{"Accept":"a","accept":"b"}}""", "inputs.headers.accept is there twice")]
    [InlineData("""{"headers":{"Content-Type":"application/json"}}""", "describes a body, but there is none")]
    [InlineData("""{"headers":{"Content-Type":"nonsense"},"method":"POST","body":1}""", "is no media type")]
    [InlineData(
        """{"headers":{"Content-Type":"text/plain"},"method":"POST","body":{}}""",
        "inputs.body must be a text"
    )]
    [InlineData(
        """{"headers":{"Content-Type":"text/plain; charset=latin1"},"method":"POST","body":"x"}""",
        "bodies are sent in utf-8"
    )]
    [InlineData(
        """{"compress":true,"headers":{"Content-Encoding":"br"},"method":"POST","body":1}""",
        "inputs.headers.Content-Encoding is set by compress as well"
    )]
    [InlineData("""{"body":{}}""", "inputs.body does not go with GET or HEAD")]
    [InlineData("""{"idempotencyHeader":"Content-Length","method":"POST"}""", "inputs.idempotencyHeader is set by")]
    [InlineData("""{"idempotencyHeader":"X","headers":{"x":"1"},"method":"POST"}""", "is the idempotency header")]
    [InlineData("""{"method":"TRACE"}""", "inputs.method must not be TRACE")]
    [InlineData("""{"method":"CONNECT"}""", "inputs.method must not be CONNECT")]
    [InlineData("""{"method":"get"}""", "inputs.method is no method: write it in capitals")]
    [InlineData("""{"method":"GET /x"}""", "inputs.method is no method")]
    [InlineData("""{"method":""}""", "inputs.method is no method")]
    [InlineData(
        """{"timeouts":{"transfer":10}}""",
        "inputs.timeouts.transfer is for calls that send or receive a file"
    )]
    [InlineData("""{"failures":[{"category":"data"}]}""", "inputs.failures[0] fits every answer")]
    [InlineData(
        """{"failures":[{"category":"business","status":404}]}""",
        "inputs.failures[0].category does not fit: one of connectivity, access, data, volumetric is expected"
    )]
    [InlineData("""{"failures":[{"status":404}]}""", "inputs.failures[0] lacks what is required: category")]
    [InlineData(
        """{"failures":[{"category":"data","status":404,"code":"Not Found"}]}""",
        "inputs.failures[0].code must be lower case words"
    )]
    [InlineData(
        """{"failures":[{"category":"data","when":{"pointer":"x"}}]}""",
        "inputs.failures[0].when.pointer is no JSON Pointer"
    )]
    [InlineData("""{"answer":{"as":"file"}}""", "inputs.answer.store is missing")]
    [InlineData(
        """{"answer":{"as":"text","store":"documents"}}""",
        "inputs.answer.store is for answers as 'file' only"
    )]
    [InlineData("""{"answer":{"name":"x"}}""", "inputs.answer.name is for answers as 'file' only")]
    [InlineData("""{"answer":{"lists":["x"]}}""", "inputs.answer.lists is for answers as 'xml' only")]
    [InlineData(
        """{"answer":{"as":"pdf"}}""",
        "inputs.answer.as does not fit: one of auto, json, text, xml, base64, file"
    )]
    [InlineData(
        """{"timeouts":{"attempt":301}}""",
        "inputs.timeouts.attempt must be between 0.001 and 300 seconds; Rest__MaxTimeout"
    )]
    [InlineData("""{"timeouts":{"total":0}}""", "inputs.timeouts.total must be between")]
    [InlineData(
        """{"timeouts":{"connect":11}}""",
        "inputs.timeouts.connect must be between 0.001 and 10 seconds; Http__ConnectTimeout"
    )]
    [InlineData("""{"retries":6}""", "inputs.retries must be between 0 and 5; Rest__MaxRetries")]
    [InlineData("""{"retries":-1}""", "inputs.retries must be between")]
    [InlineData(
        """{"maxAnswerBytes":196609}""",
        "inputs.maxAnswerBytes must be between 1 and 196608; Rest__MaxAnswerBytes"
    )]
    [InlineData("""{"expect":[]}""", "inputs.expect is empty")]
    [InlineData("""{"expect":["2xx",99]}""", "inputs.expect[1] does not fit: A status is written as")]
    [InlineData("""{"expect":[null]}""", "inputs.expect[0] does not fit: A status is written as")]
    [InlineData("""{"errors":[null]}""", "inputs.errors[0] is null")]
    [InlineData("""{"errors":[{"code":"X"}]}""", "inputs.errors[0] fits every answer")]
    [InlineData("""{"errors":[{"code":"","status":404}]}""", "inputs.errors[0].code is empty")]
    [InlineData("""{"errors":[{"status":404}]}""", "inputs.errors[0] lacks what is required: code")]
    [InlineData(
        """{"errors":[{"code":"X","when":{"pointer":"error"}}]}""",
        "inputs.errors[0].when.pointer is no JSON Pointer"
    )]
    [InlineData(
        """{"errors":[{"code":"X","when":{"pointer":"/e","equals":1,"exists":false}}]}""",
        "inputs.errors[0].when says equals"
    )]
    [InlineData("""{"querry":{}}""", "inputs.querry is not known")]
    public async Task A_wrong_input_is_told_by_field_and_nothing_is_sent(string inputs, string expected)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        var answer = await rest.CallAsync(inputs, target.Uri);
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("invalid-input");
        error.Message.ShouldContain(expected);
        target.Connections.ShouldBe(0);
    }
}
