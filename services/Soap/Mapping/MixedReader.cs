using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;

namespace Integration.Soap.Mapping;

/// <summary>Reads an element in which text and elements may be mixed.</summary>
internal sealed class MixedReader(XmlReader reader)
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
            return (JsonNames.Xml, await RestAsync());
        await reader.ReadAsync();
        return (JsonNames.Text, _text.ToString());
    }

    private async Task<string> RestAsync()
    {
        await using var xml = new StringWriter(CultureInfo.InvariantCulture);
        var settings = new XmlWriterSettings
        {
            Async = true,
            ConformanceLevel = ConformanceLevel.Fragment,
            NewLineHandling = NewLineHandling.None,
        };
        await using (var writer = XmlWriter.Create(xml, settings))
        {
            await writer.WriteStringAsync(_text.ToString());
            while (reader.NodeType is not (XmlNodeType.EndElement or XmlNodeType.None))
                await writer.WriteNodeAsync(reader, defattr: false);
        }

        await reader.ReadAsync();
        return xml.ToString();
    }
}
