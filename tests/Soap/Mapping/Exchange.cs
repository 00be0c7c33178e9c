using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Schema;
using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Soap.Mapping;
using Integration.Soap.Tests.Wsdl;
using Integration.Soap.Wsdl;
using Integration.Xml;

namespace Integration.Soap.Tests.Mapping;

/// <summary>One operation of a WSDL: what is sent, what the framework's validating reader says to it, what comes back.</summary>
internal sealed class Exchange(WsdlOperation operation, IReadOnlyList<string> schemas)
{
    private static readonly JsonSerializerOptions _options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public IMessageMapping Messages => operation.Messages!;

    public static async Task<Exchange> OfAsync(params string[] schemas)
    {
        var documents = new Documents().With("http://test/a.wsdl", WsdlText.Document(string.Concat(schemas)));
        return new Exchange((await documents.ReadAsync()).Port().Operation("send"), schemas);
    }

    public static async Task<Exchange> OfAsync(string wsdl, string operation, IReadOnlyList<string> schemas)
    {
        var documents = new Documents().With("http://test/a.wsdl", wsdl);
        return new Exchange((await documents.ReadAsync()).Port().Operation(operation), schemas);
    }

    public MappedMessage Map(string json, string? headers = null) =>
        Messages.Map(Json(json), headers is null ? null : Json(headers));

    public string Refusal(string json, string? headers = null)
    {
        var error = Should.Throw<DataErrorException>(() => Map(json, headers));
        error.Code.ShouldBe(ErrorCodes.InvalidInput);
        error.Status.ShouldBe(-1);
        return error.Message;
    }

    /// <summary>The content of the body, as it goes out.</summary>
    public Task<string> XmlAsync(string json) => XmlAsync(Map(json));

    public static Task<string> XmlAsync(MappedMessage message, IFileStores? files = null) =>
        WrittenAsync(writer => message.WriteBodyAsync(writer, files!, default));

    public static Task<string> HeadersAsync(MappedMessage message) =>
        WrittenAsync(writer => message.WriteHeadersAsync(writer, null!, default));

    /// <summary>What is sent for a JSON, valid by the framework's validating reader, and what it is in JSON again.</summary>
    public async Task<string> RoundTripAsync(string json)
    {
        var xml = await XmlAsync(json);
        Validate(xml).ShouldBeEmpty(xml);
        return await ReadAsync(xml);
    }

    public async Task<string> ReadAsync(string body, AnswerReading? reading = null)
    {
        using var reader = Reader($"<e:Body xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'>{body}</e:Body>");
        return Text(await Messages.ReadBodyAsync(reader, reading ?? new AnswerReading(), default));
    }

    public async Task<string> MalformedAsync(string body, AnswerReading? reading = null) =>
        (await Should.ThrowAsync<MalformedAnswerException>(() => ReadAsync(body, reading))).Message;

    public static XmlReader Reader(string xml) => ForeignXml.Open(new StringReader(xml));

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    public static string Text(JsonNode? node) => node?.ToJsonString(_options) ?? "null";

    /// <summary>What the framework's validating reader, which shares no code with the mapping, has against a document.</summary>
    public List<string> Validate(string xml)
    {
        var set = new XmlSchemaSet { XmlResolver = XmlResolver.ThrowingResolver };
        foreach (var schema in schemas)
            set.Add(XmlSchema.Read(XmlReader.Create(new StringReader(schema)), null)!);
        set.Compile();
        var problems = new List<string>();
        var settings = new XmlReaderSettings
        {
            ValidationType = ValidationType.Schema,
            Schemas = set,
            ValidationFlags =
                XmlSchemaValidationFlags.ReportValidationWarnings
                | XmlSchemaValidationFlags.ProcessIdentityConstraints
                | XmlSchemaValidationFlags.AllowXmlAttributes,
        };
        // The root must be known; what a lax wildcard takes need not be.
        settings.ValidationEventHandler += (sender, e) =>
        {
            if (e.Severity == XmlSeverityType.Error || (sender as XmlReader)?.Depth == 0)
                problems.Add(e.Message);
        };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read()) { }
        return problems;
    }

    private static async Task<string> WrittenAsync(Func<XmlWriter, Task> write)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings
        {
            Async = true,
            OmitXmlDeclaration = true,
            ConformanceLevel = ConformanceLevel.Fragment,
        };
        await using (var writer = XmlWriter.Create(text, settings))
            await write(writer);
        return text.ToString();
    }
}
