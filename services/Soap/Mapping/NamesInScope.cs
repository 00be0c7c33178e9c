using System.Xml;

namespace Integration.Soap.Mapping;

/// <summary>The prefixes that are declared where a reader is, for when it is somewhere else.</summary>
internal static class NamesInScope
{
    public static XmlNamespaceManager Of(XmlReader reader)
    {
        var names = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, ns) in ((IXmlNamespaceResolver)reader).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
            names.AddNamespace(prefix, ns);
        return names;
    }
}
