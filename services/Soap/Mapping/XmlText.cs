using System.Xml;

namespace Integration.Soap.Mapping;

/// <summary>Pieces of XML inside JSON texts.</summary>
internal static class XmlText
{
    private const int MaxDepth = 100;

    /// <summary>Opens it, known to be well-formed or not.</summary>
    public static XmlReader Open(string xml)
    {
        var settings = SafeXml.Settings();
        settings.ConformanceLevel = ConformanceLevel.Fragment;
        return XmlReader.Create(new StringReader(xml), settings);
    }

    /// <summary>Whether it is well-formed.</summary>
    /// <param name="xml">The text.</param>
    /// <param name="oneElement">Whether it must be one element and nothing else, or may be text with elements in it.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(string xml, bool oneElement)
    {
        var elements = 0;
        var others = false;
        try
        {
            using var reader = Open(xml);
            while (reader.Read())
            {
                if (reader.Depth > MaxDepth)
                    return $"is nested more than {MaxDepth} elements deep.";
                if (reader.Depth > 0)
                    continue;
                elements += reader.NodeType == XmlNodeType.Element ? 1 : 0;
                others |= reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.XmlDeclaration;
            }
        }
        catch (XmlException e)
        {
            return $"is no well-formed XML: {e.Message}";
        }

        return oneElement && (elements != 1 || others)
            ? "is not one XML element, such as \"<a xmlns='…'>…</a>\"."
            : null;
    }

    /// <summary>The namespace of its first element.</summary>
    public static string NamespaceOf(string xml)
    {
        using var reader = Open(xml);
        reader.MoveToContent();
        return reader.NamespaceURI;
    }
}
