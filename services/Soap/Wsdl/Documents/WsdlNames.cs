using System.Xml;
using System.Xml.Linq;

namespace Integration.Soap.Wsdl;

/// <summary>The names of WSDL 1.1 and of what extends it.</summary>
internal static class WsdlNames
{
    public static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    public static readonly XNamespace Soap11 = "http://schemas.xmlsoap.org/wsdl/soap/";
    public static readonly XNamespace Soap12 = "http://schemas.xmlsoap.org/wsdl/soap12/";
    public static readonly XNamespace Mime = "http://schemas.xmlsoap.org/wsdl/mime/";
    public static readonly XNamespace Xsd = "http://www.w3.org/2001/XMLSchema";

    /// <summary>A qualified name as an attribute has it.</summary>
    /// <param name="scope">The element whose namespaces apply.</param>
    /// <param name="text">E.g. <c>tns:Order</c>.</param>
    public static XmlQualifiedName Qualified(XElement scope, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var ns = colon <= 0 ? scope.GetDefaultNamespace() : NamespaceOf(scope, text[..colon].Trim());
        return new XmlQualifiedName(text[(colon + 1)..].Trim(), ns?.NamespaceName ?? "");
    }

    private static XNamespace? NamespaceOf(XElement scope, string prefix)
    {
        try
        {
            return scope.GetNamespaceOfPrefix(prefix);
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            // What can be no prefix stands for nothing.
            return null;
        }
    }

    /// <summary>The value of an attribute without a namespace; null when it is not there.</summary>
    public static string? Value(this XElement element, string attribute) => element.Attribute(attribute)?.Value.Trim();

    /// <summary>Removes children, all at once: one by one each would be looked for from the first one on.</summary>
    public static void RemoveChildren(this XElement parent, IReadOnlySet<XElement> gone)
    {
        if (gone.Count == 0)
            return;
        var kept = parent.Elements().Where(child => !gone.Contains(child)).ToList();
        parent.RemoveNodes();
        parent.Add(kept);
    }

    /// <summary>Whether <c>wsdl:required</c> says so.</summary>
    public static bool IsRequired(this XElement element) =>
        element.Attribute(Wsdl + "required")?.Value is "true" or "1";
}
