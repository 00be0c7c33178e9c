using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Schema;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Schemas;

/// <summary>The compiled schemas of a WSDL. Shapes are made when they are first needed, and kept.</summary>
internal sealed class SchemaCatalog
{
    private readonly ConcurrentDictionary<XmlSchemaType, TypeShape> _types = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<XmlSchemaElement, ElementShape> _elements = new(
        ReferenceEqualityComparer.Instance
    );
    private readonly ConcurrentDictionary<XmlSchemaType, IReadOnlyList<XmlSchemaType>> _derived = new(
        ReferenceEqualityComparer.Instance
    );
    private readonly Dictionary<XmlQualifiedName, List<XmlSchemaElement>> _substitutes = [];

    private readonly CompiledSchemas _compiled;

    /// <summary>Takes compiled schemas, which must not change any more.</summary>
    public SchemaCatalog(CompiledSchemas compiled)
    {
        _compiled = compiled;
        foreach (var element in Schemas.GlobalElements.Values.Cast<XmlSchemaElement>())
        {
            if (element.SubstitutionGroup.IsEmpty)
                continue;
            if (!_substitutes.TryGetValue(element.SubstitutionGroup, out var members))
                _substitutes[element.SubstitutionGroup] = members = [];
            members.Add(element);
        }
    }

    public XmlSchemaSet Schemas => _compiled.Set;

    /// <summary>Why a definition is not there, as far as that is known: sentences, or nothing.</summary>
    /// <param name="kind"><c>element</c> or <c>type</c>.</param>
    /// <param name="name">Of the definition.</param>
    public string WhyAbsent(string kind, XmlQualifiedName name)
    {
        var broken =
            _compiled.Broken.GetValueOrDefault(new DefinitionName(kind, name))
            // A schema without a namespace takes that of the one that includes it.
            ?? _compiled.Broken.GetValueOrDefault(new DefinitionName(kind, new XmlQualifiedName(name.Name)));
        return broken is not null ? " " + broken
            : _compiled.Absent.Count > 0 ? $" Not all documents could be read: {_compiled.Absent[0]}"
            : "";
    }

    /// <summary>A type; the same one every time.</summary>
    public TypeShape Of(XmlSchemaType type) =>
        _types.TryGetValue(type, out var shape)
            ? shape
            : _types.GetOrAdd(
                type,
                type is XmlSchemaComplexType complex
                    ? ComplexShapes.Of(complex, this)
                    : SimpleShapes.Of((XmlSchemaSimpleType)type, this)
            );

    /// <summary>An element, global or local.</summary>
    public ElementShape Of(XmlSchemaElement element) =>
        _elements.GetOrAdd(
            element,
            e => new ElementShape(
                e.QualifiedName,
                Declared(e).IsNillable,
                IsAbstract(e),
                () => Of(e.ElementSchemaType!)
            )
            {
                Fixed = Declared(e).FixedValue,
            }
        );

    /// <summary>A global element by name; null when there is none.</summary>
    public ElementShape? Element(XmlQualifiedName name) =>
        Schemas.GlobalElements[name] is XmlSchemaElement element ? Of(element) : null;

    /// <summary>A global type by name, those that every schema knows included; null when there is none.</summary>
    public XmlSchemaType? Type(XmlQualifiedName name) =>
        Schemas.GlobalTypes[name] as XmlSchemaType
        ?? XmlSchemaType.GetBuiltInSimpleType(name)
        ?? (XmlSchemaType?)XmlSchemaType.GetBuiltInComplexType(name);

    public bool IsAbstract(XmlSchemaElement element) => Declared(element).IsAbstract;

    /// <summary>The elements that may stand for a global one, directly or over others.</summary>
    public IEnumerable<XmlSchemaElement> SubstitutesOf(XmlQualifiedName head)
    {
        var seen = new HashSet<XmlQualifiedName> { head };
        var heads = new Queue<XmlQualifiedName>([head]);
        while (heads.TryDequeue(out var next))
        {
            foreach (var member in _substitutes.GetValueOrDefault(next) ?? [])
            {
                if (!seen.Add(member.QualifiedName))
                    continue;
                heads.Enqueue(member.QualifiedName);
                yield return member;
            }
        }
    }

    /// <summary>The named types that may stand for one, by name; without itself, and without abstract ones.</summary>
    public IReadOnlyList<XmlSchemaType> DerivedFrom(XmlSchemaType type) =>
        _derived.GetOrAdd(
            type,
            t =>
                [
                    .. Schemas
                        .GlobalTypes.Values.Cast<XmlSchemaType>()
                        .Where(candidate =>
                            candidate != t && candidate is not XmlSchemaComplexType { IsAbstract: true }
                        )
                        .Where(candidate => XmlSchemaType.IsDerivedFrom(candidate, t, XmlSchemaDerivationMethod.Empty))
                        .OrderBy(candidate => candidate.QualifiedName.Name, StringComparer.Ordinal),
                ]
        );

    // A reference does not repeat what the element that it refers to says.
    private XmlSchemaElement Declared(XmlSchemaElement element) =>
        element.RefName.IsEmpty ? element : Schemas.GlobalElements[element.RefName] as XmlSchemaElement ?? element;
}
