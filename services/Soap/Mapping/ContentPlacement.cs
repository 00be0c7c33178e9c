using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>
/// Puts the elements of a type into the order that the schema wants, whatever the order in JSON, and says what is missing and
/// what is too much.
/// </summary>
internal sealed class ContentPlacement
{
    private readonly ComplexShape _type;
    private readonly int[] _left;
    private readonly string[] _any;
    private int _nextAny;
    private readonly List<PropertyShape?> _order = [];
    private readonly List<IReadOnlyList<PropertyShape>> _missing = [];

    private ContentPlacement(ComplexShape type, int[] counts, IEnumerable<string> any)
    {
        _type = type;
        _left = counts;
        _any = [.. any];
    }

    /// <summary>One for each element; null stands for the next element of a wildcard.</summary>
    public IReadOnlyList<PropertyShape?> Order => _order;

    /// <summary>What is required and not there: of each, one of several.</summary>
    public IReadOnlyList<IReadOnlyList<PropertyShape>> Missing => _missing;

    /// <summary>Properties of which there are more than the schema has places for.</summary>
    public IEnumerable<PropertyShape> Surplus => _type.Properties.Where(property => _left[property.Index] > 0);

    /// <summary>Whether there are more elements for wildcards than places.</summary>
    public bool SurplusAny => _nextAny < _any.Length;

    /// <param name="type">The type.</param>
    /// <param name="counts">How many there are of each property; changed.</param>
    /// <param name="anyNamespaces">The namespaces of the elements for wildcards.</param>
    public static ContentPlacement Of(ComplexShape type, int[] counts, IEnumerable<string> anyNamespaces)
    {
        var placement = new ContentPlacement(type, counts, anyNamespaces);
        if (type.Content is not null)
            placement.Place(type.Content);
        return placement;
    }

    private void Place(Particle particle)
    {
        switch (particle)
        {
            case ElementParticle element:
                PlaceElement(element);
                break;
            case AnyParticle any:
                PlaceAny(any);
                break;
            case GroupParticle group:
                PlaceGroup(group);
                break;
        }
    }

    private void PlaceElement(ElementParticle element)
    {
        ref var left = ref _left[element.Property.Index];
        var count = Math.Max(Math.Min(left - element.NeededLater, element.Max), Math.Min(left, element.Min));
        for (var i = 0; i < count; i++)
            _order.Add(element.Property);
        left -= Math.Max(count, 0);
        if (count < element.Min)
            _missing.Add([element.Property]);
    }

    private void PlaceAny(AnyParticle any)
    {
        for (var i = 0; i < any.Max && Takes(any); i++)
        {
            _nextAny++;
            _order.Add(null);
        }
    }

    private void PlaceGroup(GroupParticle group)
    {
        for (var round = 0; round < group.Max; round++)
        {
            var before = _order.Count;
            var wanted = round < group.Min;
            if (!wanted && !Has(group))
                break;
            if (group.Kind == GroupKind.Sequence)
            {
                foreach (var item in group.Items)
                    Place(item);
            }
            else if (Branch(group) is { } branch)
            {
                Place(branch);
            }
            else if (!group.Items.Any(CanBeEmpty))
            {
                _missing.Add([.. group.Items.SelectMany(First).Distinct()]);
            }

            if (_order.Count == before)
                break;
        }
    }

    // The branch that lacks least of what there is to place; the first of several.
    private Particle? Branch(GroupParticle choice)
    {
        Particle? best = null;
        var bestScore = int.MinValue;
        foreach (var item in choice.Items)
        {
            if (!Has(item))
                continue;
            var score = item is GroupParticle group ? CountPresent(group) - (Lacks(group) * 1000) : 1;
            if (score > bestScore)
                (best, bestScore) = (item, score);
        }

        return best;
    }

    private bool Has(Particle particle) =>
        particle switch
        {
            ElementParticle element => _left[element.Property.Index] > 0,
            AnyParticle any => Takes(any),
            GroupParticle group => group.Items.Any(Has),
            _ => false,
        };

    private bool Takes(AnyParticle any) => SurplusAny && Wildcards.Permit(any.Wildcard, _any[_nextAny]);

    private int CountPresent(Particle particle) =>
        particle is GroupParticle group ? group.Items.Sum(CountPresent)
        : Has(particle) ? 1
        : 0;

    private int Lacks(Particle particle) =>
        particle switch
        {
            { Min: 0 } => 0,
            ElementParticle element => _left[element.Property.Index] < element.Min ? 1 : 0,
            GroupParticle { Kind: GroupKind.Sequence } group => group.Items.Sum(Lacks),
            GroupParticle group => group.Items.Min(Lacks),
            _ => 0,
        };

    private static bool CanBeEmpty(Particle particle) =>
        particle.Min == 0
        || particle switch
        {
            GroupParticle { Kind: GroupKind.Sequence } group => group.Items.All(CanBeEmpty),
            GroupParticle group => group.Items.Any(CanBeEmpty),
            _ => false,
        };

    private static IEnumerable<PropertyShape> First(Particle particle) =>
        particle switch
        {
            ElementParticle element => [element.Property],
            GroupParticle { Kind: GroupKind.Choice } group => group.Items.SelectMany(First),
            GroupParticle { Items.Count: > 0 } group => First(
                group.Items.FirstOrDefault(item => !CanBeEmpty(item)) ?? group.Items[0]
            ),
            _ => [],
        };
}
