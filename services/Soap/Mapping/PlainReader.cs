using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>
/// Reads an element that no schema declares, by its shape: attributes as <c>@name</c>, elements by local name, those of the same name
/// as a list, text as text.
/// </summary>
internal sealed class PlainReader(XmlReader reader, int maxDepth)
{
    public async Task<JsonNode?> ReadAsync(int depth = 0)
    {
        if (depth > maxDepth)
            throw new MalformedAnswerException($"is nested more than {maxDepth} elements deep");
        var isNil = reader.GetAttribute("nil", XmlNames.Xsi) is "true" or "1";
        var isEmpty = reader.IsEmptyElement;
        var found = Attributes();
        var text = new StringBuilder();
        await reader.ReadAsync();
        while (!isEmpty && reader.NodeType is not (XmlNodeType.EndElement or XmlNodeType.None))
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                var name = reader.LocalName;
                Add(found ??= [], name, await ReadAsync(depth + 1));
                continue;
            }

            text.Append(reader.Value);
            await reader.ReadAsync();
        }

        if (!isEmpty)
            await reader.ReadAsync();
        if (isNil)
            return null;
        if (found is null)
            return text.ToString();
        if (!string.IsNullOrWhiteSpace(text.ToString()))
            found[JsonNames.Text] = text.ToString();
        return found;
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

    private static void Add(JsonObject target, string name, JsonNode? value)
    {
        if (!target.TryGetPropertyValue(name, out var before))
        {
            target[name] = value;
        }
        else if (before is JsonArray list)
        {
            list.Add(value);
        }
        else
        {
            target[name] = null;
            target[name] = new JsonArray(before, value);
        }
    }
}
