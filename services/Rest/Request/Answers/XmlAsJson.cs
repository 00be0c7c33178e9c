using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Integration.Xml;

namespace Integration.Rest.Request;

/// <summary>
/// An XML document as JSON, by rules that do not depend on what stands in it by chance: names without prefixes, attributes as
/// <c>@name</c>, text beside them as <c>#text</c>, repeated elements as lists, every value a text.
/// </summary>
internal static class XmlAsJson
{
    // As many levels as JSON may have here: an element that is repeated takes two.
    private const int Deepest = 56;

    private static readonly XNamespace _instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <param name="text">Decoded: what the declaration says of the encoding does not count any more.</param>
    /// <param name="lists">Names of elements that are lists also when there is one of them.</param>
    /// <exception cref="XmlException">It is no XML, has a document type, or is too deep.</exception>
    public static JsonElement Read(string text, IReadOnlyList<string>? lists)
    {
        using var source = new StringReader(text);
        var root = ForeignXml.Load(source, LoadOptions.PreserveWhitespace);
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(root.Name.LocalName);
            Write(writer, root, lists ?? []);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(json.GetBuffer().AsSpan(0, (int)json.Length));
    }

    private static void Write(Utf8JsonWriter writer, XElement element, IReadOnlyList<string> lists)
    {
        if (writer.CurrentDepth > Deepest)
            throw new XmlException(
                $"It is nested too deeply for JSON (more than {Deepest} levels; repeated elements take two), at '{element.Name.LocalName}'."
            );
        var attributes = element.Attributes().Where(IsData).ToList();
        var text = Text(element);
        if (attributes.Count == 0 && !element.HasElements)
        {
            if (IsNil(element))
                writer.WriteNullValue();
            else
                writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartObject();
        var counts = attributes.CountBy(attribute => attribute.Name.LocalName).ToDictionary();
        foreach (var attribute in attributes)
            writer.WriteString($"@{Name(attribute, counts)}", attribute.Value);
        if (element.HasElements ? !string.IsNullOrWhiteSpace(text) : text.Length > 0)
            writer.WriteString("#text", text);
        foreach (var same in element.Elements().GroupBy(child => child.Name.LocalName, StringComparer.Ordinal))
            Write(writer, same.Key, [.. same], lists);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, List<XElement> same, IReadOnlyList<string> lists)
    {
        writer.WritePropertyName(name);
        if (same.Count == 1 && !lists.Contains(name, StringComparer.Ordinal))
        {
            Write(writer, same[0], lists);
            return;
        }

        writer.WriteStartArray();
        foreach (var one in same)
            Write(writer, one, lists);
        writer.WriteEndArray();
    }

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var part in element.Nodes().OfType<XText>())
            text.Append(part.Value);
        return text.ToString();
    }

    // Declarations of namespaces, types of values and hints where a schema is are about the document, not data.
    private static bool IsData(XAttribute attribute) =>
        !attribute.IsNamespaceDeclaration && attribute.Name.Namespace != _instance;

    private static bool IsNil(XElement element) => element.Attribute(_instance + "nil")?.Value.Trim() is "true" or "1";

    // An attribute without a namespace has the plain name; of two others with the same name both show where they are from.
    private static string Name(XAttribute attribute, Dictionary<string, int> counts) =>
        attribute.Name.Namespace == XNamespace.None || counts[attribute.Name.LocalName] == 1
            ? attribute.Name.LocalName
            : attribute.Name.ToString();
}
