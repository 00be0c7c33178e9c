using System.Globalization;
using System.Xml.Schema;
using Integration.Soap.Mapping;

namespace Integration.Soap.Schemas;

/// <summary>What a simple type restricts, by the nearest restriction of each kind: for messages and examples.</summary>
internal sealed class Facets
{
    private readonly List<string> _enumeration = [];
    private readonly List<string> _patterns = [];
    private readonly Dictionary<string, string> _far = new(StringComparer.Ordinal);
    private bool _hasEnumeration;

    /// <summary>The values that are permitted; empty for any.</summary>
    public IReadOnlyList<string> Enumeration => _enumeration;

    /// <summary>Expressions of which one must match; the nearest restriction's.</summary>
    public IReadOnlyList<string> Patterns => _patterns;

    public int? Length { get; private set; }
    public int? MinLength { get; private set; }
    public int? MaxLength { get; private set; }
    public string? MinInclusive { get; private set; }
    public string? MaxInclusive { get; private set; }
    public string? MinExclusive { get; private set; }
    public string? MaxExclusive { get; private set; }
    public int? TotalDigits { get; private set; }
    public int? FractionDigits { get; private set; }

    /// <summary>Whether values of any length may stand there, but for bounds that are far away themselves.</summary>
    public bool TakesLongNumbers =>
        Length is null
        && MinLength is null
        && MaxLength is null
        && TotalDigits is null
        && FractionDigits is null
        && _patterns.Count == 0
        && !_hasEnumeration
        && new[] { MinInclusive, MaxInclusive, MinExclusive, MaxExclusive }.All(bound =>
            bound is null || _far.ContainsValue(bound)
        );

    public static Facets Of(XmlSchemaType? type)
    {
        var facets = new Facets();
        for (; type is not null; type = type.BaseXmlSchemaType)
        {
            switch (type)
            {
                case XmlSchemaSimpleType { Content: XmlSchemaSimpleTypeRestriction simple }:
                    facets.Add(simple.Facets);
                    facets.AddFar(simple);
                    break;
                case XmlSchemaComplexType
                {
                    ContentModel: XmlSchemaSimpleContent { Content: XmlSchemaSimpleContentRestriction complex }
                }:
                    facets.Add(complex.Facets);
                    facets.AddFar(complex);
                    break;
            }
        }

        return facets;
    }

    /// <summary>Whether a number is within the bounds that the framework does not know of.</summary>
    public bool IsWithinFarBounds(string number) =>
        _far.All(bound =>
            JsonNumbers.Compare(number, bound.Value) switch
            {
                null => true,
                < 0 => bound.Key.StartsWith("max", StringComparison.Ordinal),
                > 0 => bound.Key.StartsWith("min", StringComparison.Ordinal),
                _ => bound.Key.EndsWith("Inclusive", StringComparison.Ordinal),
            }
        );

    private void AddFar(XmlSchemaAnnotated restriction)
    {
        foreach (var (name, value) in FarBounds.Of(restriction))
        {
            if (!_far.TryAdd(name, value))
                continue;
            switch (name)
            {
                case "minInclusive":
                    MinInclusive ??= value;
                    break;
                case "maxInclusive":
                    MaxInclusive ??= value;
                    break;
                case "minExclusive":
                    MinExclusive ??= value;
                    break;
                default:
                    MaxExclusive ??= value;
                    break;
            }
        }
    }

    private void Add(XmlSchemaObjectCollection found)
    {
        var values = new List<string>();
        var patterns = new List<string>();
        foreach (var facet in found.OfType<XmlSchemaFacet>())
        {
            var value = facet.Value ?? "";
            switch (facet)
            {
                case XmlSchemaEnumerationFacet:
                    values.Add(value);
                    break;
                case XmlSchemaPatternFacet:
                    patterns.Add(value);
                    break;
                case XmlSchemaLengthFacet:
                    Length ??= Number(value);
                    break;
                case XmlSchemaMinLengthFacet:
                    MinLength ??= Number(value);
                    break;
                case XmlSchemaMaxLengthFacet:
                    MaxLength ??= Number(value);
                    break;
                case XmlSchemaMinInclusiveFacet:
                    MinInclusive ??= value;
                    break;
                case XmlSchemaMaxInclusiveFacet:
                    MaxInclusive ??= value;
                    break;
                case XmlSchemaMinExclusiveFacet:
                    MinExclusive ??= value;
                    break;
                case XmlSchemaMaxExclusiveFacet:
                    MaxExclusive ??= value;
                    break;
                case XmlSchemaFractionDigitsFacet:
                    FractionDigits ??= Number(value);
                    break;
                case XmlSchemaTotalDigitsFacet:
                    TotalDigits ??= Number(value);
                    break;
            }
        }

        if (values.Count > 0 && !_hasEnumeration)
        {
            _hasEnumeration = true;
            _enumeration.AddRange(values);
        }

        if (_patterns.Count == 0)
            _patterns.AddRange(patterns);
    }

    /// <summary>In words, after the name of a type; empty when there is nothing to say.</summary>
    public string Describe()
    {
        var words = new List<string>();
        if (Length is { } length)
            words.Add($"of length {length}");
        if (MinLength is { } least)
            words.Add($"of length {least} at least");
        if (MaxLength is { } most)
            words.Add($"of length {most} at most");
        if (MinInclusive is not null)
            words.Add($"from {MinInclusive}");
        if (MinExclusive is not null)
            words.Add($"above {MinExclusive}");
        if (MaxInclusive is not null)
            words.Add($"to {MaxInclusive}");
        if (MaxExclusive is not null)
            words.Add($"below {MaxExclusive}");
        if (TotalDigits is { } digits)
            words.Add($"of {digits} digits at most");
        if (FractionDigits is { } fraction)
            words.Add($"with {fraction} decimal places at most");
        if (Patterns.Count > 0)
            words.Add($"matching {string.Join(" or ", Patterns)}");
        return words.Count == 0 ? "" : " " + string.Join(" ", words);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
