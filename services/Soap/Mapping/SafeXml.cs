using System.Xml;

namespace Integration.Soap.Mapping;

/// <summary>How XML of others is read: no DTD, hence no entities of its own, and nothing is fetched.</summary>
public static class SafeXml
{
    /// <summary>Settings of a reader.</summary>
    /// <param name="maxCharacters">Longest document in characters; 0 for any, when the bytes are limited already.</param>
    public static XmlReaderSettings Settings(long maxCharacters = 0) =>
        new()
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = maxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = false,
        };

    /// <summary>The prefixes that are declared where a reader is, for when it is somewhere else.</summary>
    internal static XmlNamespaceManager NamesInScope(XmlReader reader)
    {
        var names = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, ns) in ((IXmlNamespaceResolver)reader).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
            names.AddNamespace(prefix, ns);
        return names;
    }
}
