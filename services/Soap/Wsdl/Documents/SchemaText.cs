using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>
/// A schema on its way to the compiler, which names what it does not take by line: each element is written on a line of its own.
/// </summary>
/// <param name="location">What the compiler calls it; of no other schema.</param>
/// <param name="document">Where it stands.</param>
/// <param name="root">Tidied.</param>
internal sealed class SchemaText(Uri location, Uri document, XElement root)
{
    private static readonly XmlWriterSettings _settings = new()
    {
        OmitXmlDeclaration = true,
        NewLineHandling = NewLineHandling.Entitize,
    };

    private readonly List<XElement> _lines = [];

    public Uri Location => location;

    public Uri Document => document;

    public XElement Root => root;

    /// <summary>Of its definitions; empty for none, or for that of the schema that includes it.</summary>
    public string TargetNamespace { get; } = root.Value("targetNamespace") ?? "";

    /// <summary>Whether it is too broken to be shown to the compiler at all.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>The element on a line of what was written last; null for none.</summary>
    public XElement? At(int line) => line >= 1 && line <= _lines.Count ? _lines[line - 1] : null;

    public string Write()
    {
        _lines.Clear();
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, _settings))
            Write(writer, root, Prefix());
        return text.ToString();
    }

    // One for all elements that no declaration in the schema changes.
    private string Prefix()
    {
        var declared = root.DescendantsAndSelf()
            .Attributes()
            .Where(attribute => attribute.IsNamespaceDeclaration)
            .Select(attribute => attribute.Name.LocalName)
            .ToHashSet(StringComparer.Ordinal);
        var prefix = "_xs";
        while (declared.Contains(prefix))
            prefix += "_";
        return prefix;
    }

    private void Write(XmlWriter writer, XElement element, string prefix)
    {
        if (_lines.Count > 0)
            writer.WriteRaw("\n");
        _lines.Add(element);
        writer.WriteStartElement(prefix, element.Name.LocalName, WsdlNames.Xsd.NamespaceName);
        foreach (var attribute in element.Attributes())
        {
            if (!attribute.IsNamespaceDeclaration)
                writer.WriteAttributeString(attribute.Name.LocalName, attribute.Name.NamespaceName, attribute.Value);
            else if (attribute.Name.Namespace == XNamespace.None)
                writer.WriteAttributeString("xmlns", attribute.Value);
            else if (attribute.Name.LocalName != "xml")
                writer.WriteAttributeString(
                    "xmlns",
                    attribute.Name.LocalName,
                    XNamespace.Xmlns.NamespaceName,
                    attribute.Value
                );
        }

        foreach (var child in element.Elements())
            Write(writer, child, prefix);
        writer.WriteEndElement();
    }
}
