using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>
/// Reads an element that no schema declares, by its shape: attributes as <c>@name</c>, elements by local name, those of the same name
/// as a list, text as text.
/// </summary>
/// <param name="reader">On the element; afterwards on what follows it.</param>
/// <param name="maxDepth">How deep its elements may be nested.</param>
/// <param name="maxLevels">
/// How many levels of objects and lists there may be; each element counts as two, since it may be in a list. What is nested deeper
/// stays XML.
/// </param>
internal sealed class PlainReader(XmlReader reader, int maxDepth, int maxLevels = int.MaxValue)
{
    public Task<JsonNode?> ReadAsync() => ReadAsync(depth: 0, maxLevels);

    private async Task<JsonNode?> ReadAsync(int depth, int levels)
    {
        if (depth > maxDepth)
            throw new MalformedAnswerException($"is nested more than {maxDepth} elements deep");
        if (levels < 2)
            return await TextAsync(maxDepth - depth);
        var isNil = reader.GetAttribute("nil", XmlNames.Xsi) is "true" or "1";
        var isEmpty = reader.IsEmptyElement;
        var found = Attributes();
        HashSet<string>? repeated = null;
        StringBuilder? text = null;
        await reader.ReadAsync();
        while (!isEmpty && reader.NodeType is not (XmlNodeType.EndElement or XmlNodeType.None))
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                var name = reader.LocalName;
                var value = await ReadAsync(depth + 1, levels - 2);
                JsonMembers.Add(found ??= [], name, value, ref repeated);
                continue;
            }

            (text ??= new StringBuilder()).Append(reader.Value);
            await reader.ReadAsync();
        }

        if (!isEmpty)
            await reader.ReadAsync();
        if (isNil)
            return null;
        var content = text?.ToString() ?? "";
        if (found is null)
            return content;
        if (!string.IsNullOrWhiteSpace(content))
            found[JsonNames.Text] = content;
        return found;
    }

    // Its text, where it has nothing else.
    private async Task<string> TextAsync(int depth)
    {
        var xml = await new XmlCopy(reader, depth).ElementAsync();
        using var copy = XmlText.Open(xml);
        await copy.MoveToContentAsync();
        return await new PlainReader(copy, maxDepth).ReadAsync() is JsonValue value ? value.GetValue<string>() : xml;
    }

    private JsonObject? Attributes()
    {
        JsonObject? found = null;
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI is XmlNames.Xmlns or XmlNames.Xsi || SoapNames.IsEnvelope(reader.NamespaceURI))
                continue;
            (found ??= [])["@" + reader.LocalName] = reader.Value;
        }

        reader.MoveToElement();
        return found;
    }
}
