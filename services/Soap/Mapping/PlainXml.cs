using System.Globalization;
using System.Text.Json;
using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>
/// Writes an element that no schema declares, by the shape of its JSON: what <see cref="PlainReader"/> reads. A name alone is in the
/// namespace of the element around it.
/// </summary>
internal sealed class PlainXml
{
    private const int MaxDepth = 100;

    private static readonly XmlWriterSettings _settings = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        NewLineHandling = NewLineHandling.Entitize,
    };

    private readonly XmlWriter _writer;
    private readonly InputProblems _problems;
    private bool _failed;

    private PlainXml(XmlWriter writer, InputProblems problems)
    {
        _writer = writer;
        _problems = problems;
    }

    /// <returns>The element; null after a problem was added.</returns>
    public static string? Of(XmlQualifiedName name, JsonElement value, JsonPath path, InputProblems problems)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        PlainXml plain;
        using (var writer = XmlWriter.Create(text, _settings))
        {
            plain = new PlainXml(writer, problems);
            plain.Element(name, value, path, depth: 1);
        }

        return plain._failed ? null : text.ToString();
    }

    private void Element(XmlQualifiedName name, JsonElement value, JsonPath path, int depth)
    {
        if (!IsName(name.Name))
        {
            Fail(path, "is no name of an XML element.");
            return;
        }

        if (XmlText.BadCharacter(name.Namespace) is { } bad)
        {
            Fail(path, $"{bad}. Remove it.");
            return;
        }

        if (depth > MaxDepth)
        {
            Fail(path, $"is nested more than {MaxDepth} elements deep.");
            return;
        }

        _writer.WriteStartElement(name.Name, name.Namespace);
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                _writer.WriteAttributeString("xsi", "nil", XmlNames.Xsi, "true");
                break;
            case JsonValueKind.Object:
                Members(name.Namespace, value, path, depth);
                break;
            case JsonValueKind.Array:
                Fail(path, "is a list in a list, which XML does not have.");
                break;
            default:
                Text(value, path);
                break;
        }

        _writer.WriteEndElement();
    }

    private void Members(string around, JsonElement members, JsonPath path, int depth)
    {
        foreach (var member in members.EnumerateObject().Where(member => member.Name.StartsWith('@')))
            Attribute(member.Name[1..], member.Value, path.Property(member.Name));
        foreach (var member in members.EnumerateObject().Where(member => !member.Name.StartsWith('@')))
        {
            var place = path.Property(member.Name);
            if (member.Name == JsonNames.Text)
            {
                Text(member.Value, place);
                continue;
            }

            var name = XmlNames.Parse(member.Name) ?? new XmlQualifiedName(member.Name, around);
            if (member.Value.ValueKind != JsonValueKind.Array)
            {
                Element(name, member.Value, place, depth + 1);
                continue;
            }

            var index = 0;
            foreach (var item in member.Value.EnumerateArray())
                Element(name, item, place.Place(index++), depth + 1);
        }
    }

    private void Attribute(string text, JsonElement value, JsonPath path)
    {
        // A variable that nothing was put into.
        if (value.ValueKind == JsonValueKind.Null)
            return;
        var name = XmlNames.Parse(text) ?? new XmlQualifiedName(text);
        if (!IsName(name.Name) || name.Name == "xmlns" || name.Namespace == XmlNames.Xmlns)
            Fail(path, "is no name of an attribute.");
        else if (ValueText.Plain(value, path, _problems) is { } content)
            _writer.WriteAttributeString(name.Name, name.Namespace, content);
        else
            _failed = true;
    }

    private void Text(JsonElement value, JsonPath path)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        if (ValueText.Plain(value, path, _problems) is { } text)
            _writer.WriteString(text);
        else
            _failed = true;
    }

    private void Fail(JsonPath path, string problem)
    {
        _failed = true;
        _problems.Add(path, problem);
    }

    private static bool IsName(string text)
    {
        try
        {
            return text.Length > 0 && XmlConvert.VerifyNCName(text) == text;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
