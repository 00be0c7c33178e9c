using System.Text;
using System.Xml;

namespace Integration.Soap.Mapping;

/// <summary>Reads an element in which text and elements may be mixed.</summary>
internal sealed class MixedReader(XmlReader reader, int maxDepth)
{
    private readonly StringBuilder _text = new();

    /// <summary>The prefixes that are declared around the first element in it; null when there is none, or text beside them.</summary>
    public XmlNamespaceManager? AroundElements { get; private set; }

    /// <returns>The property, <c>#text</c> or <c>#xml</c>, and its value.</returns>
    public async Task<(string Name, string Content)> ReadAsync()
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
            var around = NamesInScope.Of(reader);
            var copy = new XmlCopy(reader, maxDepth);
            var xml = await copy.RestAsync(_text.ToString());
            if (!copy.HasText)
                AroundElements = around;
            await reader.ReadAsync();
            return (JsonNames.Xml, xml);
        }

        await reader.ReadAsync();
        return (JsonNames.Text, _text.ToString());
    }
}
