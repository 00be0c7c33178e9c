using System.Xml.Schema;

namespace Integration.Soap.Schemas;

/// <summary>A part of a type's content: what may stand there, and how often.</summary>
/// <param name="Min">Fewest occurrences.</param>
/// <param name="Max">Most occurrences; <see cref="Unbounded"/> for any number.</param>
internal abstract record Particle(int Min, int Max)
{
    public const int Unbounded = int.MaxValue;

    /// <summary>An occurrence of the schema, which counts in decimals.</summary>
    public static int Count(decimal occurrences) => occurrences >= Unbounded ? Unbounded : (int)occurrences;
}

/// <summary>An element, given by its property.</summary>
/// <param name="Property">In <see cref="ComplexShape.Properties"/>.</param>
/// <param name="Min">Fewest occurrences.</param>
/// <param name="Max">Most occurrences.</param>
internal sealed record ElementParticle(PropertyShape Property, int Min, int Max) : Particle(Min, Max)
{
    /// <summary>How many of the same property are needed further on, when it stands there again.</summary>
    public int NeededLater { get; set; }
}

/// <summary>Any element that a wildcard permits.</summary>
/// <param name="Wildcard">Of the schema.</param>
/// <param name="Min">Fewest occurrences.</param>
/// <param name="Max">Most occurrences.</param>
internal sealed record AnyParticle(XmlSchemaAny Wildcard, int Min, int Max) : Particle(Min, Max);

/// <summary>How the parts of a group go together.</summary>
internal enum GroupKind
{
    /// <summary>One after the other. An <c>xs:all</c> counts as one: any order is right there.</summary>
    Sequence,

    /// <summary>One of them.</summary>
    Choice,
}

/// <summary>Several parts together.</summary>
/// <param name="Kind">How.</param>
/// <param name="Items">The parts.</param>
/// <param name="Min">Fewest occurrences of all of it.</param>
/// <param name="Max">Most occurrences of all of it.</param>
internal sealed record GroupParticle(GroupKind Kind, IReadOnlyList<Particle> Items, int Min, int Max)
    : Particle(Min, Max);
