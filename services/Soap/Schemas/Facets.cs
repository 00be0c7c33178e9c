using System.Globalization;
using System.Xml.Schema;

namespace Integration.Soap.Schemas;

/// <summary>What a simple type restricts, by the nearest restriction of each kind: for messages and examples.</summary>
internal sealed class Facets
{
    private readonly List<string> _enumeration = [];
    private readonly List<string> _patterns = [];
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

    public static Facets Of(XmlSchemaType? type)
    {
        var facets = new Facets();
        for (; type is not null; type = type.BaseXmlSchemaType)
        {
            var found = type switch
            {
                XmlSchemaSimpleType { Content: XmlSchemaSimpleTypeRestriction simple } => simple.Facets,
                XmlSchemaComplexType
                {
                    ContentModel: XmlSchemaSimpleContent { Content: XmlSchemaSimpleContentRestriction complex }
                } => complex.Facets,
                _ => null,
            };
            if (found is not null)
                facets.Add(found);
        }

        return facets;
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
