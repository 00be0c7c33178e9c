using System.Text.Json;
using System.Xml;
using Integration.Contracts;
using Integration.Soap.Schemas;
using ValueKind = Integration.Soap.Schemas.ValueKind;

namespace Integration.Soap.Mapping;

/// <summary>Maps one input to elements, and collects what does not fit.</summary>
internal sealed class InputMapper(SchemaCatalog catalog, Prefixes prefixes, InputProblems problems)
{
    private const string FileProperty = "$file";

    /// <summary>The files of the message.</summary>
    public List<FileReference> Files { get; } = [];

    public ElementNode? Element(ElementShape element, JsonElement value, JsonPath path)
    {
        if (element.IsAbstract)
        {
            problems.Add(path, "stands for an element that the schema declares abstract; nothing may be sent there.");
            return null;
        }

        return value.ValueKind == JsonValueKind.Null ? Nil(element, path) : Typed(element, value, path);
    }

    private ElementNode? Nil(ElementShape element, JsonPath path)
    {
        if (element.IsNillable)
        {
            prefixes.Of(element.Name.Namespace);
            prefixes.Of(XmlNames.Xsi);
            return new ElementNode(element.Name, element.Type, path) { IsNil = true };
        }

        problems.Add(path, $"is null, which the schema does not permit; it takes {element.Type.Expected}.");
        return null;
    }

    private ElementNode? Typed(ElementShape element, JsonElement value, JsonPath path)
    {
        var type = element.Type;
        XmlQualifiedName? declared = null;
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(JsonNames.Type, out var name))
        {
            if (new TypeChoice(catalog, problems).Of(type, name, path) is not { } chosen)
                return null;
            type = chosen;
            declared = chosen.Name;
            prefixes.Of(declared.Namespace);
            prefixes.Of(XmlNames.Xsi);
        }
        else if (type.IsAbstract)
        {
            problems.Add(path, $"needs {JsonNames.Type}: {new TypeChoice(catalog, problems).Choices(type)}.");
            return null;
        }

        prefixes.Of(element.Name.Namespace);
        var node = new ElementNode(element.Name, type, path) { DeclaredType = declared };
        if (IsNilObject(value))
        {
            if (!element.IsNillable)
                problems.Add(path.Property(JsonNames.Nil), "is true, which the schema does not permit. Remove it.");
            node.IsNil = true;
            prefixes.Of(XmlNames.Xsi);
        }

        Fill(node, value);
        return node;
    }

    private static bool IsNilObject(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(JsonNames.Nil, out var nil)
        && nil.ValueKind == JsonValueKind.True;

    private void Fill(ElementNode node, JsonElement value)
    {
        switch (node.Type)
        {
            case SimpleShape simple when value.ValueKind == JsonValueKind.Object && !IsFile(value):
                Unwrap(node, simple, value);
                break;
            case SimpleShape simple:
                Text(node, simple, value, node.Path);
                break;
            case ComplexShape { Text: { } text } when value.ValueKind != JsonValueKind.Object || IsFile(value):
                Text(node, text, value, node.Path);
                new AttributeMapper(prefixes, problems).Required(node, (ComplexShape)node.Type);
                break;
            case ComplexShape complex when value.ValueKind == JsonValueKind.Object:
                Object(node, complex, value);
                break;
            case ComplexShape { IsMixed: true } complex when value.ValueKind is not JsonValueKind.Array:
                MixedText(node, value, node.Path);
                new AttributeMapper(prefixes, problems).Required(node, complex);
                break;
            default:
                problems.Add(node.Path, $"is {ValueText.Kind(value)}; it takes {node.Type.Expected}.");
                break;
        }
    }

    // {"@xsi:type": …, "#text": …} where the type has no attributes of its own.
    private void Unwrap(ElementNode node, SimpleShape type, JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (property.Name is JsonNames.Type or JsonNames.Nil or JsonNames.Text)
                continue;
            problems.Add(node.Path, $"is an object with '{property.Name}'; it takes {type.Expected}.");
            return;
        }

        TextProperty(node, type, value);
    }

    private void TextProperty(ElementNode node, SimpleShape type, JsonElement value)
    {
        if (value.TryGetProperty(JsonNames.Text, out var text))
            Text(node, type, text, node.Path.Property(JsonNames.Text));
        else if (!node.IsNil && type.Problem("", prefixes) is { } expected)
            problems.Add(node.Path.Property(JsonNames.Text), $"is missing; it takes {expected}.");
    }

    private void Text(ElementNode node, SimpleShape type, JsonElement value, JsonPath path)
    {
        if (node.IsNil)
            problems.Add(path, $"is given beside {JsonNames.Nil}. Remove one of them.");
        else if (!IsFile(value))
            node.Text = ValueText.Of(value, type, path, prefixes, problems);
        else if (type.Kind != ValueKind.Base64)
            problems.Add(path, $"is a file reference; only base64 can be sent as a file. It takes {type.Expected}.");
        else if (FileInput.Read(value, type, path, problems) is { } file)
            Files.Add(node.File = file);
    }

    private static bool IsFile(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(FileProperty, out _);

    private void MixedText(ElementNode node, JsonElement value, JsonPath path) =>
        node.Text = ValueText.Plain(value, path, problems);

    private void Object(ElementNode node, ComplexShape type, JsonElement value)
    {
        var attributes = new AttributeMapper(prefixes, problems);
        var given = new Given(type);
        var sorting = new InputSorting(type, given, catalog, problems);
        var content = false;
        foreach (var property in value.EnumerateObject())
        {
            var path = node.Path.Property(property.Name);
            if (property.Name is JsonNames.Type or JsonNames.Nil)
                continue;
            if (property.Name.StartsWith('@'))
                attributes.Add(node, type, property.Name, property.Value, path);
            else if (property.Name == JsonNames.Text && type.Text is not null)
                content = true;
            else if (property.Name == JsonNames.Text && type.IsMixed)
                MixedText(node, property.Value, path);
            else if (property.Name == JsonNames.Xml && type.IsMixed)
                Inner(node, property.Value, path);
            else
                content |= sorting.Add(property.Name, property.Value, path);
        }

        attributes.Required(node, type);
        if (node.IsNil)
        {
            if (content || node.Text is not null || node.Children.Count > 0)
                problems.Add(node.Path, $"has content beside {JsonNames.Nil}. Remove one of them.");
        }
        else if (type.Text is not null)
        {
            TextProperty(node, type.Text, value);
        }
        else if (node.Text is not null && (content || node.Children.Count > 0))
        {
            problems.Add(node.Path, $"has both {JsonNames.Text} and elements: write them together as {JsonNames.Xml}.");
        }
        else if (node.Children.Count == 0)
        {
            sorting.Place(node, this);
        }
        else if (content)
        {
            problems.Add(node.Path, $"has both {JsonNames.Xml} and elements: write all of them in {JsonNames.Xml}.");
        }
    }

    private void Inner(ElementNode node, JsonElement value, JsonPath path)
    {
        if (value.ValueKind != JsonValueKind.String)
            problems.Add(path, $"is {ValueText.Kind(value)}; it takes a text with XML in it.");
        else if (XmlText.Problem(value.GetString()!, oneElement: false, path) is { } problem)
            problems.Add(path, problem);
        else
            node.Children.Add(new XmlNode(value.GetString()!, path));
    }
}
