using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Integration.Errors;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>The mapping of one operation.</summary>
internal sealed class MessageMapping(SchemaCatalog catalog, OperationShape operation) : IMessageMapping
{
    private static readonly JsonElement _nothing = JsonSerializer.SerializeToElement(new { });

    public MappedMessage Map(
        JsonElement? input,
        JsonElement? headers = null,
        string path = "inputs.input",
        string headersPath = "inputs.headers"
    )
    {
        var prefixes = new Prefixes();
        var problems = new InputProblems();
        var mapper = new InputMapper(catalog, prefixes, problems);
        ElementNode? body = null;
        List<ElementNode> entries = [];
        try
        {
            body = Body(mapper, input, JsonPath.Of(path), problems);
            entries = Headers(mapper, headers, JsonPath.Of(headersPath, holdsSecrets: true), problems);
        }
        catch (InvalidOperationException)
        {
            // A name, or XML in a text: JSON can say half a character, and nothing else can.
            problems.Add(
                JsonPath.Of(path),
                "has half of a character (a single surrogate) in a name or in XML. Remove it."
            );
        }

        problems.ThrowIfAny();

        foreach (var element in entries.Prepend(body).OfType<ElementNode>())
            MessageCheck.Run(catalog.Schemas, element, prefixes, problems);
        problems.ThrowIfAny();
        return new CheckedMessage(body, entries, prefixes, mapper.Files);
    }

    public Task<JsonNode?> ReadBodyAsync(XmlReader reader, AnswerReading reading, CancellationToken cancellation) =>
        new ElementReader(catalog, reader, reading, cancellation).ReadBodyAsync(operation.Output);

    public Task<KeyValuePair<string, JsonNode?>> ReadHeaderAsync(
        XmlReader reader,
        AnswerReading reading,
        CancellationToken cancellation
    ) => new ElementReader(catalog, reader, reading, cancellation).ReadHeaderAsync(operation.Output);

    public Task<SoapFault> ReadFaultAsync(XmlReader reader, AnswerReading reading, CancellationToken cancellation) =>
        new FaultReader(catalog, reader, reading, operation.Faults, cancellation).ReadAsync();

    public JsonNode? ExampleInput() => Examples(writer => writer.Body(operation.Input), body => Fits(body, null));

    public JsonObject? ExampleHeaders()
    {
        var body = ExampleInput();
        return Examples(writer => writer.Headers(operation.Input), headers => Fits(body, headers));
    }

    // With all that is optional; without it, when something in that cannot be made up.
    private T Examples<T>(Func<ExampleWriter, T> write, Func<T, bool> fits)
    {
        var full = write(new ExampleWriter(catalog));
        if (fits(full))
            return full;
        var small = write(new ExampleWriter(catalog, isShort: true));
        return fits(small) ? small : full;
    }

    private bool Fits(JsonNode? body, JsonObject? headers)
    {
        try
        {
            Map(
                JsonSerializer.SerializeToElement(body),
                headers is null ? null : JsonSerializer.SerializeToElement(headers)
            );
            return true;
        }
        catch (DataErrorException)
        {
            return false;
        }
    }

    private ElementNode? Body(InputMapper mapper, JsonElement? input, JsonPath path, InputProblems problems)
    {
        if (operation.Input.Body is { } element)
        {
            var given =
                input is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } ? input.Value
                : element.Type is ComplexShape { Text: null } ? _nothing
                : JsonSerializer.SerializeToElement<object?>(null);
            return mapper.Element(element, given, path);
        }

        var isEmpty =
            input is not { } value
            || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
            || (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 0);
        if (!isEmpty)
            problems.Add(path, "is given, but this operation takes no input. Remove it.");
        return null;
    }

    private List<ElementNode> Headers(InputMapper mapper, JsonElement? headers, JsonPath path, InputProblems problems)
    {
        var nodes = new List<ElementNode>();
        if (headers is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given)
            return nodes;
        if (given.ValueKind != JsonValueKind.Object)
        {
            problems.Add(path, $"is {ValueText.Kind(given)}; it takes an object with the headers by name.");
            return nodes;
        }

        foreach (var property in given.EnumerateObject())
        {
            var place = path.Property(property.Name);
            if (Header(property.Name) is not { } header)
                problems.Add(
                    place,
                    Unknown.Property(property.Name, [.. operation.Input.Headers.Select(h => h.Name.Name)])
                );
            // Null: a variable that nothing was put into.
            else if (
                property.Value.ValueKind != JsonValueKind.Null
                && mapper.Element(header, property.Value, place) is { } node
            )
                nodes.Add(node);
        }

        return nodes;
    }

    private ElementShape? Header(string name) =>
        operation.Input.Headers.FirstOrDefault(header =>
            header.Name.Name == name || XmlNames.Text(header.Name) == name
        );
}
