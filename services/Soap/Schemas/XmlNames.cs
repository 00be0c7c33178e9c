using System.Xml;

namespace Integration.Soap.Schemas;

/// <summary>The namespaces that everything here knows, and how qualified names are written in JSON.</summary>
internal static class XmlNames
{
    public const string Xsd = "http://www.w3.org/2001/XMLSchema";
    public const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    public const string Xmlns = "http://www.w3.org/2000/xmlns/";
    public const string Xml = "http://www.w3.org/XML/1998/namespace";

    /// <summary><c>{namespace}name</c>, or the name alone where there is no namespace.</summary>
    public static string Text(XmlQualifiedName name) =>
        name.Namespace.Length == 0 ? name.Name : $"{{{name.Namespace}}}{name.Name}";

    /// <summary>For people: the name alone, with its namespace in brackets.</summary>
    public static string Readable(XmlQualifiedName name) =>
        name.Namespace.Length == 0 ? $"<{name.Name}>" : $"<{name.Name}> ({name.Namespace})";

    /// <summary>Reads <c>{namespace}name</c>; null when it is not of that form. <c>{}name</c> has no namespace.</summary>
    public static XmlQualifiedName? Parse(string text)
    {
        if (!text.StartsWith('{'))
            return null;
        var end = text.IndexOf('}', StringComparison.Ordinal);
        return end < 0 || end == text.Length - 1 ? null : new XmlQualifiedName(text[(end + 1)..], text[1..end]);
    }
}
