using System.Xml;
using Integration.Xml;

namespace Integration.Soap.Mapping;

/// <summary>Readers of answers.</summary>
internal static class SafeXml
{
    /// <summary>Opens an answer.</summary>
    /// <param name="body">As it came.</param>
    /// <param name="text">The same, decoded by what its header says; null when its beginning says how it is written.</param>
    public static XmlReader Open(Stream body, TextReader? text) =>
        text is null ? ForeignXml.Open(body) : ForeignXml.Open(text);

    /// <summary>The prefixes that are declared where a reader is, for when it is somewhere else.</summary>
    public static XmlNamespaceManager NamesInScope(XmlReader reader)
    {
        var names = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, ns) in ((IXmlNamespaceResolver)reader).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
            names.AddNamespace(prefix, ns);
        return names;
    }
}
