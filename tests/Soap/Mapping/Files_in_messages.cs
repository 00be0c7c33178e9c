using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.Files;
using Integration.Soap.Mapping;
using static Integration.Soap.Tests.Wsdl.WsdlText;

namespace Integration.Soap.Tests.Mapping;

public sealed class Files_in_messages
{
    private readonly Kept _store = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_001)]
    public async Task A_file_is_encoded_into_the_message_while_it_is_read(int size)
    {
        var exchange = await Exchange.OfAsync(Value("""type="xs:base64Binary" """));
        var content = RandomNumberGenerator.GetBytes(size);

        var message = exchange.Map($$"""{"v": {{_store.Add(content)}}}""");
        var xml = await Exchange.XmlAsync(message, _store);

        message.Files.Count.ShouldBe(1);
        exchange.Validate(xml).ShouldBeEmpty();
        (await exchange.ReadAsync(xml)).ShouldBe($$"""{"v":"{{Convert.ToBase64String(content)}}"}""");
    }

    [Fact]
    public async Task Large_content_of_an_answer_goes_to_the_sink_as_it_was()
    {
        var exchange = await Exchange.OfAsync(Value("""type="xs:base64Binary" maxOccurs="2" """));
        var content = RandomNumberGenerator.GetBytes(300_000);
        // With line breaks, as many write it.
        var text = Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);

        var json = await exchange.ReadAsync(
            $"<m xmlns='urn:t'><v>{text}</v><v>AAEC</v></m>",
            new AnswerReading { MaxInlineBytes = 1000, Sink = _store }
        );

        json.ShouldContain("""{"$file":{"store":"kept","key":"1",""");
        json.ShouldContain("\"AAEC\"]");
        _store.Content.ShouldHaveSingleItem().Value.ShouldBe(content);
    }

    [Theory]
    [InlineData("base64Binary", 999, 0)]
    [InlineData("base64Binary", 1000, 0)]
    [InlineData("base64Binary", 1001, 1)]
    [InlineData("hexBinary", 1000, 0)]
    [InlineData("hexBinary", 1001, 1)]
    public async Task Content_up_to_the_limit_stays_in_the_answer(string type, int size, int files)
    {
        var exchange = await Exchange.OfAsync(Value($"type='xs:{type}'"));
        var content = RandomNumberGenerator.GetBytes(size);
        var text = type == "hexBinary" ? Convert.ToHexString(content) : Convert.ToBase64String(content);

        var json = await exchange.ReadAsync(
            $"<m xmlns='urn:t'><v>{text}</v></m>",
            new AnswerReading { MaxInlineBytes = 1000, Sink = _store }
        );

        _store.Content.Count.ShouldBe(files);
        json.Contains(text, StringComparison.Ordinal).ShouldBe(files == 0);
    }

    [Fact]
    public async Task A_file_goes_into_text_with_attributes_too()
    {
        var exchange = await Exchange.OfAsync(
            Value(
                "",
                """<xs:complexType><xs:simpleContent><xs:extension base="xs:base64Binary"><xs:attribute name="type"/></xs:extension></xs:simpleContent></xs:complexType>"""
            )
        );
        var file = _store.Add([1, 2, 3]);

        var xml = await Exchange.XmlAsync(exchange.Map($$"""{"v": {"@type": "a/b", "#text": {{file}} } }"""), _store);

        (await exchange.ReadAsync(xml)).ShouldBe("""{"v":{"@type":"a/b","#text":"AQID"}}""");
        (
            await exchange.ReadAsync(await Exchange.XmlAsync(exchange.Map($$"""{"v": {{file}}}"""), _store))
        ).ShouldContain("AQID");
    }

    [Fact]
    public async Task A_message_can_be_written_again()
    {
        var exchange = await Exchange.OfAsync(Value("""type="xs:base64Binary" """));
        var message = exchange.Map($$"""{"v": {{_store.Add([1, 2, 3])}}}""");

        (await Exchange.XmlAsync(message, _store)).ShouldBe(await Exchange.XmlAsync(message, _store));
    }

    [Theory]
    [InlineData(
        "xs:string",
        """{"$file": {}}""",
        "inputs.input.v is a file reference; only base64 can be sent as a file."
    )]
    [InlineData(
        "xs:hexBinary",
        """{"$file": {}}""",
        "inputs.input.v is a file reference; only base64 can be sent as a file."
    )]
    [InlineData(
        "xs:base64Binary",
        """{"$file": {"key": "a"}}""",
        "inputs.input.v does not fit: its $file lacks store."
    )]
    [InlineData(
        "xs:base64Binary",
        "\"not base64!\"",
        "inputs.input.v is 'not base64!'; it takes base64 or a file reference"
    )]
    [InlineData(
        "t:small",
        "FILE",
        "inputs.input.v is a file of 3 bytes; it takes base64 or a file reference (xs:base64Binary) of length 2 at most."
    )]
    public async Task A_reference_that_does_not_fit_is_told(string type, string value, string expected)
    {
        var exchange = await Exchange.OfAsync(
            Value(
                $"type='{type}'",
                "",
                """<xs:simpleType name="small"><xs:restriction base="xs:base64Binary"><xs:maxLength value="2"/></xs:restriction></xs:simpleType>"""
            )
        );
        var input = value.Replace("FILE", _store.Add([1, 2, 3]), StringComparison.Ordinal);

        exchange.Refusal($$"""{"v": {{input}}}""").ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("<v>%%%</v>")]
    [InlineData("<v>AAEC<x/></v>")]
    [InlineData("<v><xop:Include xmlns:xop='http://www.w3.org/2004/08/xop/include' href='cid:1'/></v>")]
    public async Task Content_of_an_answer_that_is_no_base64_is_told_with_its_place(string value)
    {
        var exchange = await Exchange.OfAsync(Value("""type="xs:base64Binary" """));

        (await exchange.MalformedAsync($"<m xmlns='urn:t'>{value}</m>")).ShouldStartWith("at /m/v is not base64");
    }

    /// <summary>Files in memory, by number.</summary>
    private sealed class Kept : IFileStores, IContentSink
    {
        public Dictionary<string, byte[]> Content { get; } = [];

        public string Add(byte[] content)
        {
            var key = (Content.Count + 1).ToString();
            Content[key] = content;
            return JsonSerializer.Serialize(Reference(key));
        }

        public void Require(string store) { }

        public Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation) =>
            Task.FromResult<Stream>(new MemoryStream(Content[reference.Key]));

        public async Task<FileReference> SaveAsync(
            string name,
            Stream content,
            long begun,
            CancellationToken cancellation
        )
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, cancellation);
            var key = (Content.Count + 1).ToString();
            Content[key] = copy.ToArray();
            return Reference(key);
        }

        public Task<FileReference> SaveAsync(
            string store,
            Stream content,
            string? name,
            string? contentType,
            CancellationToken cancellation
        ) => SaveAsync(name!, content, 0, cancellation);

        private FileReference Reference(string key) =>
            new("kept", key, Content[key].Length, Convert.ToHexStringLower(SHA256.HashData(Content[key])));
    }
}
