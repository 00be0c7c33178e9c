using System.Xml;
using System.Xml.Schema;

namespace Integration.Soap.Schemas;

/// <summary>Builds the content of one type: its particles, and the properties that its elements become.</summary>
internal sealed class ContentBuilder(SchemaCatalog catalog)
{
    private readonly List<ElementShape> _elements = [];

    public (Particle? Particle, IReadOnlyList<PropertyShape> Properties) Build(XmlSchemaParticle schema)
    {
        Collect(schema, []);
        return Build(_elements, properties => Particle(schema, properties.ToDictionary(p => p.Element.Name)));
    }

    /// <summary>The same for elements that no schema puts together: the parts of an rpc message, each once.</summary>
    public static (Particle? Particle, IReadOnlyList<PropertyShape> Properties) Parts(
        IReadOnlyList<ElementShape> parts
    ) =>
        Build(
            parts,
            properties => new GroupParticle(
                GroupKind.Sequence,
                [.. properties.Select(property => new ElementParticle(property, 1, 1))],
                1,
                1
            )
        );

    private static (Particle? Particle, IReadOnlyList<PropertyShape> Properties) Build(
        IReadOnlyList<ElementShape> elements,
        Func<IReadOnlyList<PropertyShape>, Particle?> particle
    )
    {
        var several = elements
            .GroupBy(element => element.Name.Name)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet();
        var properties = elements
            .Select(
                (element, index) =>
                    new PropertyShape(
                        index,
                        several.Contains(element.Name.Name) ? ComplexShapes.Qualified(element.Name) : element.Name.Name,
                        element
                    )
            )
            .ToList();
        var content = particle(properties);
        if (content is not null)
        {
            foreach (var (property, most) in Count(content, inChoice: false, isRepeated: false))
                property.Max = (int)most;
            Reserve(content, new int[properties.Count]);
        }

        return (content, properties);
    }

    private void Collect(XmlSchemaParticle particle, HashSet<XmlQualifiedName> seen)
    {
        switch (particle)
        {
            case XmlSchemaElement element:
                foreach (var candidate in Candidates(element).Where(candidate => seen.Add(candidate.QualifiedName)))
                    _elements.Add(catalog.Of(candidate));
                break;
            case XmlSchemaGroupRef { Particle: { } group }:
                Collect(group, seen);
                break;
            case XmlSchemaGroupBase group:
                foreach (var item in group.Items.Cast<XmlSchemaParticle>())
                    Collect(item, seen);
                break;
        }
    }

    private Particle? Particle(XmlSchemaParticle schema, Dictionary<XmlQualifiedName, PropertyShape> properties)
    {
        var min = Schemas.Particle.Count(schema.MinOccurs);
        var max = Schemas.Particle.Count(schema.MaxOccurs);
        if (max == 0)
            return null;
        switch (schema)
        {
            case XmlSchemaElement element:
                var candidates = Candidates(element).Select(candidate => properties[candidate.QualifiedName]).ToList();
                return candidates.Count == 1
                    ? new ElementParticle(candidates[0], min, max)
                    : new GroupParticle(
                        GroupKind.Choice,
                        [.. candidates.Select(candidate => new ElementParticle(candidate, 1, 1))],
                        min,
                        max
                    );
            case XmlSchemaAny any:
                return new AnyParticle(any, min, max);
            case XmlSchemaGroupRef { Particle: { } group }:
                return Group(group, properties, min, max);
            case XmlSchemaGroupBase group:
                return Group(group, properties, min, max);
            default:
                return null;
        }
    }

    private GroupParticle? Group(
        XmlSchemaGroupBase group,
        Dictionary<XmlQualifiedName, PropertyShape> properties,
        int min,
        int max
    )
    {
        var items = group
            .Items.Cast<XmlSchemaParticle>()
            .Select(item => Particle(item, properties))
            .OfType<Particle>()
            .ToList();
        var kind = group is XmlSchemaChoice ? GroupKind.Choice : GroupKind.Sequence;
        return items.Count == 0 ? null : new GroupParticle(kind, items, min, max);
    }

    // The element and what may stand for it. An abstract one is never in a message, unless nothing stands for it, which
    // is reported when a task uses it.
    private List<XmlSchemaElement> Candidates(XmlSchemaElement element)
    {
        if (element.RefName.IsEmpty)
            return [element];
        var all = catalog.SubstitutesOf(element.QualifiedName).Prepend(element).ToList();
        var concrete = all.Where(candidate => !catalog.IsAbstract(candidate)).ToList();
        return concrete.Count > 0 ? concrete : [element];
    }

    // How often each element can stand there at most. Only what is in a particle is counted for it: one type may have as many
    // elements as a document has lines.
    private static Dictionary<PropertyShape, long> Count(Particle particle, bool inChoice, bool isRepeated)
    {
        Dictionary<PropertyShape, long> most = [];
        switch (particle)
        {
            case ElementParticle element:
                most[element.Property] = Math.Min(element.Max, Schemas.Particle.Unbounded);
                element.Property.IsInChoice |= inChoice;
                element.Property.IsInRepeatedGroup |= isRepeated;
                break;
            case GroupParticle group:
                var isChoice = group.Kind == GroupKind.Choice;
                isRepeated |= group.Max > 1 && Properties(group).Distinct().Skip(1).Any();
                foreach (var item in group.Items)
                foreach (var (property, one) in Count(item, inChoice || isChoice, isRepeated))
                {
                    var before = most.GetValueOrDefault(property);
                    most[property] = isChoice ? Math.Max(before, one) : before + one;
                }

                foreach (var (property, within) in most)
                    most[property] = Math.Min(
                        Math.Min(within, Schemas.Particle.Unbounded) * group.Max,
                        Schemas.Particle.Unbounded
                    );
                break;
        }

        return most;
    }

    private static IEnumerable<PropertyShape> Properties(Particle particle) =>
        particle switch
        {
            ElementParticle element => [element.Property],
            GroupParticle group => group.Items.SelectMany(Properties),
            _ => [],
        };

    // From the end to the start: (a?, b, a) must keep an a for its last place.
    private static void Reserve(Particle particle, int[] later)
    {
        switch (particle)
        {
            case ElementParticle element:
                element.NeededLater = later[element.Property.Index];
                later[element.Property.Index] += element.Min;
                break;
            case GroupParticle { Kind: GroupKind.Sequence } group:
                foreach (var item in group.Items.Reverse())
                    Reserve(item, later);
                break;
        }
    }
}
