using Integration.Fixtures;

namespace Integration.Rest.Tests;

public sealed class Wrong_bodies(RestFixture rest) : IClassFixture<RestFixture>
{
    private const string File =
        """{"$file":{"store":"documents","key":"x","size":1,"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}}""";

    [Theory]
    [InlineData("""{"body":1,"form":{}}""", "inputs.body and form are bodies, and a request has one")]
    [InlineData("""{"base64":"","multipart":[]}""", "inputs.multipart and base64 are bodies")]
    [InlineData("""{"method":"GET","form":{}}""", "inputs.form does not go with GET or HEAD")]
    [InlineData("""{"method":"HEAD","base64":""}""", "inputs.base64 does not go with GET or HEAD")]
    [InlineData("""{"form":{"a":{"b":1}}}""", "inputs.form.a must be a text, a number or a boolean")]
    [InlineData("""{"form":{"a":[1,[2]]}}""", "inputs.form.a[1] must be a text, a number or a boolean")]
    [InlineData("""{"form":{},"headers":{"Content-Type":"text/plain"}}""", "inputs.headers.Content-Type must be")]
    [InlineData("""{"base64":"%"}""", "inputs.base64 is no base64")]
    [InlineData("""{"base64":"","headers":{"Content-Type":"x"}}""", "inputs.headers.Content-Type is no media type")]
    [InlineData("""{"file":{"store":"documents"}}""", "inputs.file does not fit: a file reference is expected")]
    [InlineData("""{"multipart":[]}""", "inputs.multipart must have 1 to 100 parts")]
    [InlineData("""{"multipart":[null]}""", "inputs.multipart[0] is null")]
    [InlineData("""{"multipart":[{"value":1}]}""", "inputs.multipart[0] lacks what is required: name")]
    [InlineData("""{"multipart":[{"name":"a"}]}""", "inputs.multipart[0] must have exactly one of value, json, base64")]
    [InlineData("""{"multipart":[{"name":"a","value":1,"json":1}]}""", "inputs.multipart[0] must have exactly one of")]
    [InlineData("""{"multipart":[{"name":"a","value":[1]}]}""", "inputs.multipart[0].value must be a text")]
    [InlineData("""{"multipart":[{"name":"","value":1}]}""", "inputs.multipart[0].name is empty")]
    [InlineData("""{"multipart":[{"name":"a\u0000","value":1}]}""", "inputs.multipart[0].name has control characters")]
    [InlineData("""{"multipart":[{"name":"a","base64":"?"}]}""", "inputs.multipart[0].base64 is no base64")]
    [InlineData(
        """{"multipart":[{"name":"a","value":1,"contentType":"text/plain\r\nX: y"}]}""",
        "inputs.multipart[0].contentType is no media type"
    )]
    [InlineData(
        """{"multipart":[{"name":"a","value":1}],"headers":{"Content-Type":"multipart/form-data"}}""",
        "inputs.headers.Content-Type holds the boundary"
    )]
    [InlineData(
        """{"answer":{"store":"nowhere"}}""",
        "This service has no file store 'nowhere'. It has: documents",
        "file-store-unknown"
    )]
    public async Task A_wrong_body_is_told_by_field_and_nothing_is_sent(
        string inputs,
        string expected,
        string code = "invalid-input"
    )
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        var json = inputs.Contains("\"method\"", StringComparison.Ordinal)
            ? inputs
            : $$"""{"method":"POST",{{inputs[1..]}}""";
        var error = (await rest.CallAsync(json, target.Uri)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe(code);
        error.Message.ShouldContain(expected);
        target.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"file":FILE}""")]
    [InlineData("""{"multipart":[{"name":"a","value":1},{"name":"b","file":FILE}]}""")]
    public async Task A_file_that_is_not_there_is_told_before_anything_is_sent(string inputs)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        var json = inputs.Replace("FILE", File, StringComparison.Ordinal);
        var answer = await rest.CallAsync($$"""{"method":"POST",{{json[1..]}}""", target.Uri);
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("file-not-found");
        target.Requests.ShouldBeEmpty();
    }
}
