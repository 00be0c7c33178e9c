using System.Xml;
using System.Xml.Schema;

namespace Integration.Soap.Schemas;

/// <summary>A type with attributes, elements, or both: an object in JSON.</summary>
internal sealed class ComplexShape : TypeShape
{
    private readonly Dictionary<string, PropertyShape> _byProperty = new(StringComparer.Ordinal);
    private readonly Dictionary<XmlQualifiedName, PropertyShape> _byName = [];
    private readonly Dictionary<string, PropertyShape?> _byLocalName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttributeShape> _attributeByProperty = new(StringComparer.Ordinal);
    private readonly Dictionary<XmlQualifiedName, AttributeShape> _attributeByName = [];

    public ComplexShape(
        XmlSchemaComplexType? schema,
        IReadOnlyList<AttributeShape> attributes,
        IReadOnlyList<PropertyShape> properties,
        Particle? content
    )
        : base(schema)
    {
        Attributes = attributes;
        Properties = properties;
        Content = content;
        foreach (var attribute in attributes)
        {
            _attributeByProperty[attribute.Property] = attribute;
            _attributeByName[attribute.Name] = attribute;
        }

        foreach (var property in properties)
        {
            _byProperty[property.Name] = property;
            _byName[property.Element.Name] = property;
            var local = property.Element.Name.Name;
            _byLocalName[local] = _byLocalName.ContainsKey(local) ? null : property;
        }

        RepeatsGroups = properties.Any(property => property.IsInRepeatedGroup);
        HasWildcard = content is not null && Wildcard(content);
    }

    public IReadOnlyList<AttributeShape> Attributes { get; }

    public IReadOnlyList<PropertyShape> Properties { get; }

    /// <summary>Null when there are no elements.</summary>
    public Particle? Content { get; }

    /// <summary>The text of a type with attributes and no elements; null for others.</summary>
    public SimpleShape? Text { get; init; }

    /// <summary>Whether text may stand between the elements.</summary>
    public bool IsMixed { get; init; }

    /// <summary>Whether attributes may stand there that the schema does not name.</summary>
    public bool AnyAttribute { get; init; }

    /// <summary>Whether elements may stand there that the schema does not name.</summary>
    public bool HasWildcard { get; }

    /// <summary>Whether the order of the elements says more than the lists do.</summary>
    public bool RepeatsGroups { get; }

    public override bool IsAbstract => Schema is XmlSchemaComplexType { IsAbstract: true };

    public override string Expected => Text is not null ? Text.Expected : "an object";

    /// <summary>By its name in JSON, which may always be <c>{namespace}name</c>.</summary>
    public PropertyShape? Property(string name) =>
        _byProperty.TryGetValue(name, out var property) ? property
        : XmlNames.Parse(name) is { } qualified ? _byName.GetValueOrDefault(qualified)
        : null;

    /// <summary>By the name of the element.</summary>
    public PropertyShape? Property(XmlQualifiedName name) => _byName.GetValueOrDefault(name);

    /// <summary>By the name of the element without regard to its namespace, unless there are several.</summary>
    public PropertyShape? PropertyByLocalName(string name) => _byLocalName.GetValueOrDefault(name);

    /// <summary>By its name in JSON, which may always be <c>@{namespace}name</c>.</summary>
    public AttributeShape? Attribute(string property) =>
        _attributeByProperty.TryGetValue(property, out var attribute) ? attribute
        : XmlNames.Parse(property[1..]) is { } qualified ? _attributeByName.GetValueOrDefault(qualified)
        : null;

    public AttributeShape? Attribute(XmlQualifiedName name) => _attributeByName.GetValueOrDefault(name);

    private static bool Wildcard(Particle particle) =>
        particle is AnyParticle || (particle is GroupParticle group && group.Items.Any(Wildcard));
}
