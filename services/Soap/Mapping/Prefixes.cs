using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>
/// The namespace prefixes of a message, in the order in which it needs them. They are declared once, at its outermost element, and
/// not again at each of a thousand lines.
/// </summary>
internal sealed class Prefixes : IXmlNamespaceResolver
{
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _namespaces = new(StringComparer.Ordinal);

    /// <summary>The prefixes that are in use.</summary>
    public IReadOnlyDictionary<string, string> ByNamespace => _prefixes;

    /// <summary>The prefix of a namespace; empty for none.</summary>
    public string Of(string ns)
    {
        if (ns.Length == 0)
            return "";
        if (ns == XmlNames.Xml)
            return "xml";
        if (_prefixes.TryGetValue(ns, out var prefix))
            return prefix;
        prefix = ns switch
        {
            XmlNames.Xsi => "xsi",
            XmlNames.Xsd => "xsd",
            _ => $"n{_prefixes.Count + 1}",
        };
        _prefixes.Add(ns, prefix);
        _namespaces.Add(prefix, ns);
        return prefix;
    }

    /// <summary>A qualified name as a text inside the message.</summary>
    public string Text(XmlQualifiedName name)
    {
        var prefix = Of(name.Namespace);
        return prefix.Length == 0 ? name.Name : $"{prefix}:{name.Name}";
    }

    public IDictionary<string, string> GetNamespacesInScope(XmlNamespaceScope scope) => _namespaces;

    public string? LookupNamespace(string prefix) =>
        prefix switch
        {
            "" => "",
            "xml" => XmlNames.Xml,
            _ => _namespaces.GetValueOrDefault(prefix),
        };

    public string? LookupPrefix(string namespaceName) => _prefixes.GetValueOrDefault(namespaceName);
}
