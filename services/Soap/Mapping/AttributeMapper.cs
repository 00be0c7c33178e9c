using System.Text.Json;
using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>Attributes of one element.</summary>
internal sealed class AttributeMapper(Prefixes prefixes, InputProblems problems)
{
    private readonly HashSet<XmlQualifiedName> _given = [];

    /// <summary>Takes <c>"@name": value</c>.</summary>
    public void Add(ElementNode node, ComplexShape type, string property, JsonElement value, JsonPath path)
    {
        if (type.Attribute(property) is { } attribute)
        {
            // Null for an attribute that may be missing: a variable that nothing was put into.
            if (value.ValueKind == JsonValueKind.Null && !attribute.IsRequired)
                return;
            if (IsGiven(attribute.Name, path))
                return;
            if (ValueText.Of(value, attribute.Type, path, prefixes, problems) is not { } text)
                return;
            Add(node, attribute.Name, text, path);
        }
        else if (type.AnyAttribute && Name(property) is { } name)
        {
            if (!IsGiven(name, path) && ValueText.Plain(value, path, problems) is { } text)
                Add(node, name, text, path);
        }
        else
        {
            var known = type.Attributes.Select(candidate => candidate.Property).ToList();
            problems.Add(path, Unknown.Property(property, known, type.AnyAttribute ? "@{namespace}name" : null));
        }
    }

    /// <summary>What must be there; a required attribute with a fixed value is written without being asked.</summary>
    public void Required(ElementNode node, ComplexShape type)
    {
        foreach (var attribute in type.Attributes)
        {
            if (!attribute.IsRequired || _given.Contains(attribute.Name))
                continue;
            var path = node.Path.Property(attribute.Property);
            if (attribute.Fixed is not null)
                Add(node, attribute.Name, attribute.Fixed, path);
            else
                problems.Add(path, $"is missing; it takes {attribute.Type.Expected}.");
        }
    }

    private bool IsGiven(XmlQualifiedName name, JsonPath path)
    {
        if (_given.Add(name))
            return false;
        problems.Add(path, "is given twice, with and without its namespace. Remove one.");
        return true;
    }

    private void Add(ElementNode node, XmlQualifiedName name, string text, JsonPath path)
    {
        prefixes.Of(name.Namespace);
        (node.Attributes ??= []).Add(new AttributeNode(name, text, path));
    }

    private static XmlQualifiedName? Name(string property)
    {
        var name = XmlNames.Parse(property[1..]) ?? new XmlQualifiedName(property[1..]);
        try
        {
            XmlConvert.VerifyNCName(name.Name);
            XmlConvert.VerifyXmlChars(name.Namespace);
            return name.Namespace is XmlNames.Xmlns or XmlNames.Xsi ? null : name;
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            return null;
        }
    }
}
