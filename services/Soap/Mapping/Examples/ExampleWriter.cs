using System.Text.Json.Nodes;
using System.Xml.Schema;
using Integration.Soap.Schemas;
using static System.Xml.Schema.XmlTypeCode;

namespace Integration.Soap.Mapping;

/// <summary>
/// Makes up an input that fits the schema, the same every time: with all that is optional, one of each choice, and cut where a type
/// contains itself.
/// </summary>
/// <param name="catalog">The schema.</param>
/// <param name="isShort">Whether what is optional is left out.</param>
internal sealed class ExampleWriter(SchemaCatalog catalog, bool isShort = false)
{
    private const int MaxDepth = 20;
    private const int MaxElements = 1000;

    // So many of one that an example with all of them would be useless: it has one, and cannot be sent as it is.
    private const int MaxOccurrences = 1000;

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
            var attribute in type.Attributes.Where(a =>
                a.IsRequired || (!isShort && a.Type.Code is not (Id or Idref or Entity))
            )
        )
            target[attribute.Property] = ExampleValue.Of(attribute.Type, attribute.Fixed);
        if (type.Text is not null)
        {
            target[JsonNames.Text] = ExampleValue.Of(type.Text);
            return target;
        }

        if (type.IsMixed && !Needs(type))
            return target.Count == 0 ? "text" : With(target, JsonNames.Text, "text");
        if (type.Content is not null)
            Add(type.Content, target, isRequired: true);
        return target;
    }

    private static bool Needs(ComplexShape type) => type.Content is { } content && !CanBeEmpty(content);

    private static bool CanBeEmpty(Particle particle) =>
        particle.Min == 0
        || particle switch
        {
            GroupParticle { Kind: GroupKind.Sequence } group => group.Items.All(CanBeEmpty),
            GroupParticle group => group.Items.Any(CanBeEmpty),
            _ => false,
        };

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
            case ElementParticle element when isRequired || (!isShort && Fits(element)):
                AddElement(element, target);
                break;
            case AnyParticle any when isRequired:
                AddAny(any, target);
                break;
            case GroupParticle { Kind: GroupKind.Choice } choice when isRequired || !isShort:
                for (var i = 0; i < Times(choice) && Branch(choice) is { } branch; i++)
                    Add(branch, target, isRequired);
                break;
            case GroupParticle group
                when isRequired || (!isShort && group.Items.All(item => item.Min == 0 || Fits(item))):
                for (var i = 0; i < Times(group); i++)
                    foreach (var item in group.Items)
                        Add(item, target, isRequired: true);
                break;
        }
    }

    private int Times(Particle particle) =>
        particle.Min > 1 && particle.Min <= MaxOccurrences && _elements < MaxElements ? particle.Min : 1;

    private void AddElement(ElementParticle element, JsonObject target)
    {
        var property = element.Property;
        var count = Times(element);
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
        type is SimpleShape
        || (
            _open.Count < MaxDepth
            && _elements < MaxElements
            && !_open.Contains(type)
            && (!type.IsAbstract || Concrete(type) is not null)
        );

    private void AddAny(AnyParticle any, JsonObject target)
    {
        var elements = target[JsonNames.Any] as JsonObject ?? [];
        target[JsonNames.Any] = elements;
        var known = Known(any.Wildcard);
        var name = known is null
            ? $"{{{Namespace(any.Wildcard)}}}example"
            : $"{{{known.Name.Namespace}}}{known.Name.Name}";
        HashSet<string>? repeated = null;
        for (var i = 0; i < Times(any); i++)
            JsonMembers.Add(elements, name, known is null ? "text" : Element(known), ref repeated);
    }

    // A strict wildcard takes only elements that the schema knows; the first whose content is a text, or any.
    private ElementShape? Known(XmlSchemaAny wildcard)
    {
        if (wildcard.ProcessContents is XmlSchemaContentProcessing.Lax or XmlSchemaContentProcessing.Skip)
            return null;
        var permitted = catalog
            .Schemas.GlobalElements.Values.Cast<XmlSchemaElement>()
            .Where(element => !element.IsAbstract && Wildcards.Permit(wildcard, element.QualifiedName.Namespace))
            .OrderBy(element => element.QualifiedName.Namespace == XmlNames.Xsd)
            .ThenBy(element => element.ElementSchemaType is not XmlSchemaSimpleType { TypeCode: XmlTypeCode.String })
            .ThenBy(element => element.QualifiedName.Name, StringComparer.Ordinal)
            .Select(catalog.Of)
            .ToList();
        return permitted.Find(element => Fits(element.Type));
    }

    private static string Namespace(XmlSchemaAny wildcard)
    {
        string[] candidates = ["", "urn:example", .. (wildcard.Namespace ?? "").Split(' ')];
        return candidates.FirstOrDefault(candidate => Wildcards.Permit(wildcard, candidate)) ?? "";
    }
}
