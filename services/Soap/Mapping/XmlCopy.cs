using System.Globalization;
using System.Xml;

namespace Integration.Soap.Mapping;

/// <summary>Copies pieces of an answer as XML, no deeper than an answer may be.</summary>
internal sealed class XmlCopy(XmlReader reader, int maxDepth)
{
    private static readonly XmlWriterSettings _settings = new()
    {
        Async = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        NewLineHandling = NewLineHandling.None,
    };

    /// <summary>Whether the rest that was copied has text beside its outermost elements.</summary>
    public bool HasText { get; private set; }

    /// <summary>The element that the reader is on; afterwards it is on what follows.</summary>
    public async Task<string> ElementAsync()
    {
        await using var xml = new StringWriter(CultureInfo.InvariantCulture);
        await using (var writer = XmlWriter.Create(xml, _settings))
            await CopyAsync(writer);
        return xml.ToString();
    }

    /// <summary>Everything up to the end of the element around; afterwards the reader is on that end.</summary>
    /// <param name="before">Text that was read already.</param>
    public async Task<string> RestAsync(string before)
    {
        await using var xml = new StringWriter(CultureInfo.InvariantCulture);
        await using (var writer = XmlWriter.Create(xml, _settings))
        {
            HasText = !string.IsNullOrWhiteSpace(before);
            await writer.WriteStringAsync(before);
            while (reader.NodeType is not (XmlNodeType.EndElement or XmlNodeType.None))
            {
                HasText |= reader.NodeType != XmlNodeType.Element && !string.IsNullOrWhiteSpace(reader.Value);
                await CopyAsync(writer);
            }
        }

        return xml.ToString();
    }

    // One node with all that is in it.
    private async Task CopyAsync(XmlWriter writer)
    {
        var open = 0;
        do
        {
            if (open > maxDepth)
                throw new MalformedAnswerException($"is nested more than {maxDepth} elements deep");
            open += reader.NodeType switch
            {
                XmlNodeType.Element when !reader.IsEmptyElement => 1,
                XmlNodeType.EndElement => -1,
                _ => 0,
            };
            await NodeAsync(writer);
        } while (await reader.ReadAsync() && open > 0);
    }

    private async Task NodeAsync(XmlWriter writer)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                var isEmpty = reader.IsEmptyElement;
                await writer.WriteStartElementAsync(reader.Prefix, reader.LocalName, reader.NamespaceURI);
                await writer.WriteAttributesAsync(reader, defattr: false);
                if (isEmpty)
                    await writer.WriteEndElementAsync();
                break;
            case XmlNodeType.EndElement:
                await writer.WriteFullEndElementAsync();
                break;
            default:
                await writer.WriteStringAsync(reader.Value);
                break;
        }
    }
}
