using System.Text;
using System.Text.Json.Nodes;
using System.Xml;

namespace Integration.Soap.Mapping;

/// <summary>Reads an element in which text and elements may be mixed.</summary>
internal sealed class MixedReader(XmlReader reader, int maxDepth)
{
    private readonly StringBuilder _text = new();

    /// <returns>The property, <c>#text</c> or <c>#xml</c>, and its value.</returns>
    public async Task<(string Name, JsonNode Content)> ReadAsync()
    {
        var isEmpty = reader.IsEmptyElement;
        await reader.ReadAsync();
        if (isEmpty)
            return (JsonNames.Text, "");
        while (reader.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement or XmlNodeType.None))
        {
            _text.Append(reader.Value);
            await reader.ReadAsync();
        }

        if (reader.NodeType == XmlNodeType.Element)
        {
            var xml = await new XmlCopy(reader, maxDepth).RestAsync(_text.ToString());
            await reader.ReadAsync();
            return (JsonNames.Xml, xml);
        }

        await reader.ReadAsync();
        return (JsonNames.Text, _text.ToString());
    }
}
