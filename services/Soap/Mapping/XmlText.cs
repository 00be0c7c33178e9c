using System.Xml;
using Integration.Xml;

namespace Integration.Soap.Mapping;

/// <summary>Pieces of XML inside JSON texts.</summary>
internal static class XmlText
{
    private const int MaxDepth = 100;

    /// <summary>Opens it, known to be well-formed or not.</summary>
    /// <param name="xml">The text.</param>
    /// <param name="around">Prefixes that are declared further out; null for none.</param>
    public static XmlReader Open(string xml, XmlNamespaceManager? around = null)
    {
        var settings = ForeignXml.Settings();
        settings.ConformanceLevel = ConformanceLevel.Fragment;
        return ForeignXml.Open(
            new StringReader(xml),
            settings,
            around is null ? null : new XmlParserContext(around.NameTable, around, xmlLang: null, XmlSpace.None)
        );
    }

    /// <summary>Whether it is well-formed.</summary>
    /// <param name="xml">The text.</param>
    /// <param name="oneElement">Whether it must be one element and nothing else, or may be text with elements in it.</param>
    /// <param name="path">Where it stands.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(string xml, bool oneElement, JsonPath path)
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
                if (reader.NodeType == XmlNodeType.XmlDeclaration)
                    return "has an XML declaration (<?xml …?>), which no piece of a message can have. Remove it.";
                elements += reader.NodeType == XmlNodeType.Element ? 1 : 0;
                others |= reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA;
            }
        }
        catch (XmlException e)
        {
            return path.HoldsSecrets ? "is no well-formed XML." : $"is no well-formed XML: {e.Message}";
        }

        return oneElement && (elements != 1 || others)
            ? "is not one XML element, such as \"<a xmlns='…'>…</a>\"."
            : null;
    }

    /// <summary>Whether XML can carry a text.</summary>
    /// <returns>What it cannot carry, after a name and without an end; null when it can.</returns>
    public static string? BadCharacter(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (XmlConvert.IsXmlChar(c))
                continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], c))
                i++;
            else
                return $"has the character U+{(int)c:X4}, which XML cannot carry";
        }

        return null;
    }

    /// <summary>The namespace of its first element.</summary>
    public static string NamespaceOf(string xml)
    {
        using var reader = Open(xml);
        reader.MoveToContent();
        return reader.NamespaceURI;
    }
}
