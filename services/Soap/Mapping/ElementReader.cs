using System.Text.Json.Nodes;
using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>
/// Reads elements of an answer by the schema, forward only. It reads what is there rather than to check it: elements that the schema
/// does not know are kept by their shape, missing ones are missing, namespaces that servers forget are not minded. What would change the
/// shape of the JSON is refused: a second element where one is expected, text between elements, a number that is none.
/// </summary>
internal sealed class ElementReader(
    SchemaCatalog catalog,
    XmlReader reader,
    AnswerReading reading,
    CancellationToken cancellation,
    AnswerPath? path = null
)
{
    private readonly AnswerPath _path = path ?? new AnswerPath();

    public Task<JsonNode?> ReadBodyAsync(MessageShape? shape) => GuardAsync(() => BodyAsync(shape));

    public Task<KeyValuePair<string, JsonNode?>> ReadHeaderAsync(MessageShape? shape) =>
        GuardAsync(async () =>
        {
            var name = new XmlQualifiedName(reader.LocalName, reader.NamespaceURI);
            var declared = shape?.Headers.FirstOrDefault(header => header.Name == name);
            if (declared is not null)
                return KeyValuePair.Create(name.Name, await ElementAsync(declared));
            var known = catalog.Element(name);
            return KeyValuePair.Create(
                XmlNames.Text(name),
                known is not null ? await ElementAsync(known) : JsonValue.Create(await UnknownAsync())
            );
        });

    /// <summary>Turns what the reader itself finds wrong into the one error of answers.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (XmlException e)
        {
            throw new MalformedAnswerException($"is no well-formed XML, or has what is refused in it: {e.Message}", e);
        }
    }

    /// <summary>Reads an element; afterwards the reader is on what follows it.</summary>
    /// <param name="element">As declared.</param>
    /// <param name="isInList">Whether it becomes an item of a list, which is a level of its own.</param>
    public async Task<JsonNode?> ElementAsync(ElementShape element, bool isInList = false)
    {
        cancellation.ThrowIfCancellationRequested();
        _path.Enter(reader.LocalName, isInList ? 2 : 1);
        var attributes = new AnswerAttributes(catalog, reader, _path);
        var type = attributes.Read(element.Type);
        var result = attributes.IsNil ? await NilAsync(attributes) : await ContentAsync(type, attributes);
        _path.Leave();
        return result;
    }

    /// <summary>Reads an element that the type around it does not declare.</summary>
    /// <param name="from">On the element; afterwards on what follows it.</param>
    public Task<JsonNode?> UndeclaredAsync(XmlReader from)
    {
        // One level for the object that it stands in.
        var levels = _path.Left - 1;
        var known = catalog.Element(new XmlQualifiedName(from.LocalName, from.NamespaceURI));
        return known is null
            ? new PlainReader(from, reading.MaxDepth, levels).ReadAsync()
            : new UndeclaredReader(catalog, reading, cancellation).ReadAsync(from, levels - 1, known);
    }

    private Task<string> UnknownAsync() => new XmlCopy(reader, reading.MaxDepth).ElementAsync();

    private async Task<JsonNode?> BodyAsync(MessageShape? shape)
    {
        await reader.MoveToContentAsync();
        if (reader.NodeType == XmlNodeType.Element && SoapNames.IsBody(reader))
        {
            var isEmpty = reader.IsEmptyElement;
            await reader.ReadAsync();
            if (isEmpty)
                return Empty(shape);
            await reader.MoveToContentAsync();
        }

        if (reader.NodeType != XmlNodeType.Element)
            return Empty(shape);
        if (shape?.Body is not { } element)
        {
            await reader.SkipAsync();
            return null;
        }

        if (!shape.IsRpc && reader.LocalName != element.Name.Name)
        {
            var found = XmlNames.Readable(new XmlQualifiedName(reader.LocalName, reader.NamespaceURI));
            throw new MalformedAnswerException(
                $"has {found} in its body; {XmlNames.Readable(element.Name)} is expected"
            );
        }

        return await ElementAsync(element);
    }

    private static JsonNode? Empty(MessageShape? shape) =>
        shape?.Body is { } element && element.Type is ComplexShape { Content: not null } type && Needs(type)
            ? throw new MalformedAnswerException($"has an empty body; {XmlNames.Readable(element.Name)} is expected")
            : null;

    /// <summary>Whether nothing at all is too little.</summary>
    public static bool Needs(ComplexShape type) =>
        ContentPlacement.Of(type, new int[type.Properties.Count], []).Missing.Count > 0;

    private async Task<JsonNode?> NilAsync(AnswerAttributes attributes)
    {
        await reader.SkipAsync();
        if (attributes.Found is null)
            return null;
        attributes.Found[JsonNames.Nil] = true;
        return attributes.Found;
    }

    private async Task<JsonNode?> ContentAsync(TypeShape type, AnswerAttributes attributes)
    {
        switch (type)
        {
            case SimpleShape simple:
                var scalar = await TextAsync(simple);
                return attributes.Found is { } typed ? With(typed, JsonNames.Text, scalar) : scalar;
            case ComplexShape { Text: { } text }:
                return With(attributes.Found ?? [], JsonNames.Text, await TextAsync(text));
            case ComplexShape { IsMixed: true } mixed:
                return await MixedAsync(mixed, attributes);
            default:
                return await new ContentReader(this, reader, _path, (ComplexShape)type).ReadAsync(
                    attributes.Found ?? []
                );
        }
    }

    // Where any element may stand, and no text stands beside those that do, they are read as in any other type with a wildcard.
    private async Task<JsonNode?> MixedAsync(ComplexShape type, AnswerAttributes attributes)
    {
        var around = reader.NamespaceURI;
        var mixed = new MixedReader(reader, reading.MaxDepth);
        var (name, content) = await mixed.ReadAsync();
        if (type.HasWildcard && mixed.AroundElements is { } names)
        {
            using var elements = XmlText.Open(content, names);
            var inner = new ElementReader(catalog, elements, reading, cancellation, _path);
            return await new ContentReader(inner, elements, _path, type).ReadFragmentAsync(
                attributes.Found ?? [],
                around
            );
        }

        return attributes.Found is null && name == JsonNames.Text
            ? content
            : With(attributes.Found ?? [], name, content);
    }

    private static JsonObject With(JsonObject target, string name, JsonNode? value)
    {
        target[name] = value;
        return target;
    }

    private async Task<JsonNode?> TextAsync(SimpleShape type)
    {
        try
        {
            if (type.Kind is Schemas.ValueKind.Base64 or Schemas.ValueKind.Hex)
                return await BinaryAsync(type.Kind == Schemas.ValueKind.Hex);
            // Those in scope now: when the text is read, the reader is past the element.
            var names = ValueJson.NeedsNames(type) ? NamesInScope.Of(reader) : null;
            return ValueJson.Of(await reader.ReadElementContentAsStringAsync(), type, names);
        }
        catch (FormatException e) when (e is not MalformedAnswerException)
        {
            _path.Refuse(e.Message, e);
            throw;
        }
        // What is not well-formed is reported as that; here the XML is right and its content is not.
        catch (XmlException e) when (reader.ReadState != ReadState.Error)
        {
            _path.Refuse($"is not {type.Expected}: {e.Message}", e);
            throw;
        }
    }

    private async Task<JsonNode?> BinaryAsync(bool isHex)
    {
        try
        {
            return await new BinaryContent(reader, reading, isHex).ReadAsync(cancellation);
        }
        catch (XmlException e)
        {
            var expected = isHex ? "hexadecimal digits" : "base64 (MTOM is not supported)";
            throw new FormatException($"is not {expected}, or ends too early: {e.Message}", e);
        }
    }
}
