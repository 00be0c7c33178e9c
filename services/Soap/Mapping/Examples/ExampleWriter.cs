using System.Text.Json.Nodes;
using System.Xml.Schema;
using Integration.Soap.Schemas;
using static System.Xml.Schema.XmlTypeCode;

namespace Integration.Soap.Mapping;

/// <summary>
/// Makes up an input that fits the schema, the same every time: with all that is optional, one of each choice, and cut where a type
/// contains itself.
/// </summary>
internal sealed class ExampleWriter(SchemaCatalog catalog)
{
    private const int MaxDepth = 20;
    private const int MaxElements = 1000;
    private const int MaxOccurrences = 100;

    private readonly List<TypeShape> _open = [];
    private int _elements;

    public JsonNode? Body(MessageShape message) => message.Body is { } body ? Element(body) : new JsonObject();

    public JsonObject? Headers(MessageShape message)
    {
        if (message.Headers.Count == 0)
            return null;
        var headers = new JsonObject();
        foreach (var header in message.Headers)
            headers[header.Name.Name] = Element(header);
        return headers;
    }

    private JsonNode? Element(ElementShape element)
    {
        _elements++;
        var type = element.Type;
        JsonObject? typed = null;
        if (type.IsAbstract && Concrete(type) is { } concrete)
        {
            type = concrete;
            typed = new JsonObject { [JsonNames.Type] = NameOf(concrete) };
        }

        _open.Add(type);
        var value = type switch
        {
            SimpleShape simple => ExampleValue.Of(simple, element.Fixed),
            _ => Object((ComplexShape)type, typed ?? []),
        };
        _open.RemoveAt(_open.Count - 1);
        return value;
    }

    private TypeShape? Concrete(TypeShape type)
    {
        var derived = catalog.DerivedFrom(type.Schema!).Select(catalog.Of).ToList();
        return derived.Find(candidate => !_open.Contains(candidate)) ?? derived.FirstOrDefault();
    }

    // The local name alone need not be the only one of its kind.
    private static string NameOf(TypeShape type) => XmlNames.Text(type.Name);

    private JsonNode? Object(ComplexShape type, JsonObject target)
    {
        // Identifiers and references to them cannot be made up one by one.
        foreach (
            var attribute in type.Attributes.Where(a => a.IsRequired || a.Type.Code is not (Id or Idref or Entity))
        )
            target[attribute.Property] = ExampleValue.Of(attribute.Type, attribute.Fixed);
        if (type.Text is not null)
        {
            target[JsonNames.Text] = ExampleValue.Of(type.Text);
            return target;
        }

        if (type.IsMixed)
            return target.Count == 0 ? "text" : With(target, JsonNames.Text, "text");
        if (type.Content is not null)
            Add(type.Content, target, isRequired: true);
        return target;
    }

    private static JsonObject With(JsonObject target, string name, JsonNode? value)
    {
        target[name] = value;
        return target;
    }

    private void Add(Particle particle, JsonObject target, bool isRequired)
    {
        isRequired &= particle.Min > 0;
        switch (particle)
        {
            case ElementParticle element when isRequired || Fits(element):
                AddElement(element, target);
                break;
            case AnyParticle any when isRequired:
                AddAny(any, target);
                break;
            case GroupParticle { Kind: GroupKind.Choice } choice:
                if (Branch(choice) is { } branch)
                    Add(branch, target, isRequired);
                break;
            case GroupParticle group when isRequired || group.Items.All(item => item.Min == 0 || Fits(item)):
                foreach (var item in group.Items)
                    Add(item, target, isRequired: true);
                break;
        }
    }

    private void AddElement(ElementParticle element, JsonObject target)
    {
        var property = element.Property;
        var count = Math.Clamp(element.Min, 1, MaxOccurrences);
        for (var i = 0; i < count; i++)
        {
            var value = Element(property.Element);
            if (!property.IsList)
                target[property.Name] = value;
            else if (target[property.Name] is JsonArray list)
                list.Add(value);
            else
                target[property.Name] = new JsonArray(value);
        }
    }

    private static Particle? Branch(GroupParticle choice, Func<Particle, bool> fits) =>
        choice.Items.FirstOrDefault(item => fits(item) && item is not AnyParticle) ?? choice.Items.FirstOrDefault(fits);

    private Particle? Branch(GroupParticle choice) =>
        Branch(choice, Fits) ?? (choice.Items.Count > 0 ? choice.Items[0] : null);

    private bool Fits(Particle particle) =>
        particle switch
        {
            ElementParticle { Property.Element: var element } => !element.IsAbstract && Fits(element.Type),
            GroupParticle { Kind: GroupKind.Choice } group => group.Items.Any(Fits),
            GroupParticle group => group.Items.All(item => item.Min == 0 || Fits(item)),
            _ => true,
        };

    private bool Fits(TypeShape type) =>
        type is SimpleShape || (_open.Count < MaxDepth && _elements < MaxElements && !_open.Contains(type));

    private void AddAny(AnyParticle any, JsonObject target)
    {
        var list = target[JsonNames.Any] as JsonArray ?? [];
        target[JsonNames.Any] = list;
        for (var i = 0; i < any.Min; i++)
            list.Add(ExampleXml(any.Wildcard));
    }

    private string ExampleXml(XmlSchemaAny wildcard)
    {
        var known =
            wildcard.ProcessContents == XmlSchemaContentProcessing.Strict
                ? catalog
                    .Schemas.GlobalElements.Values.Cast<XmlSchemaElement>()
                    .FirstOrDefault(element =>
                        element.ElementSchemaType is XmlSchemaSimpleType { TypeCode: XmlTypeCode.String }
                        && Wildcards.Permit(wildcard, element.QualifiedName.Namespace)
                    )
                : null;
        string[] candidates = ["", "urn:example", .. (wildcard.Namespace ?? "").Split(' ')];
        var ns =
            known?.QualifiedName.Namespace
            ?? candidates.FirstOrDefault(candidate => Wildcards.Permit(wildcard, candidate))
            ?? "";
        return $"<{known?.QualifiedName.Name ?? "example"} xmlns='{ns}'/>";
    }
}
