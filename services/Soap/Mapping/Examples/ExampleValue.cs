using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Schema;
using Integration.Soap.Schemas;
using ValueKind = Integration.Soap.Schemas.ValueKind;

namespace Integration.Soap.Mapping;

/// <summary>Makes up a value of a simple type: the first of several guesses that the type itself accepts.</summary>
internal static class ExampleValue
{
    private static readonly XmlNamespaceManager _names = new(new NameTable());

    /// <param name="type">The type.</param>
    /// <param name="only">The only value that the element or attribute may have.</param>
    public static JsonNode? Of(SimpleShape type, string? only = null)
    {
        if (only is not null)
            return ValueJson.Of(only, type, _names);
        if (type.Kind == ValueKind.List && type.Facets.Enumeration.Count == 0)
        {
            var count = Math.Max(1, type.Facets.Length ?? type.Facets.MinLength ?? 1);
            return new JsonArray([.. Enumerable.Range(0, count).Select(_ => Of(type.Item!))]);
        }

        if (type is { Kind: ValueKind.Union, Members.Count: > 0 } && type.Facets.Enumeration.Count == 0)
            return Of(type.Members[0]);
        var guesses = Guesses(type);
        var text = guesses.FirstOrDefault(guess => type.Problem(guess, _names) is null) ?? "";
        return type.Kind == ValueKind.QName ? text : ValueJson.Of(text, type, _names);
    }

    private static IEnumerable<string> Guesses(SimpleShape type) =>
        type
            .Facets.Enumeration.Concat(type.Facets.Patterns.Select(PatternSample.Of).OfType<string>())
            .Concat(
                type.Kind switch
                {
                    ValueKind.Number or ValueKind.Float or ValueKind.Double => Numbers(type.Facets),
                    ValueKind.Boolean => ["true"],
                    ValueKind.Base64 => Sizes(type.Facets).Select(size => Convert.ToBase64String(new byte[size])),
                    ValueKind.Hex => Sizes(type.Facets).Select(size => Convert.ToHexString(new byte[size])),
                    ValueKind.QName => ["name"],
                    _ => Texts(type),
                }
            );

    private static IEnumerable<string> Numbers(Facets facets)
    {
        yield return "1";
        yield return "0";
        yield return "-1";
        foreach (var bound in new[] { facets.MinInclusive, facets.MaxInclusive }.OfType<string>())
            yield return bound;
        foreach (var bound in new[] { facets.MinExclusive, facets.MaxExclusive }.OfType<string>())
        {
            if (!decimal.TryParse(bound, NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
                continue;
            foreach (var step in new[] { 1m, -1m, 0.1m, -0.1m, 0.01m, -0.01m })
                yield return (value + step).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static IEnumerable<int> Sizes(Facets facets) => [facets.Length ?? facets.MinLength ?? 3, 3, 2, 1, 0];

    private static IEnumerable<string> Texts(SimpleShape type)
    {
        string? first = type.Code switch
        {
            XmlTypeCode.DateTime => "2026-12-01T10:00:00Z",
            XmlTypeCode.Date => "2026-12-01",
            XmlTypeCode.Time => "10:00:00",
            XmlTypeCode.Duration => "P1DT2H",
            XmlTypeCode.YearMonthDuration => "P1Y",
            XmlTypeCode.DayTimeDuration => "P1D",
            XmlTypeCode.GYear => "2026",
            XmlTypeCode.GYearMonth => "2026-12",
            XmlTypeCode.GMonth => "--12",
            XmlTypeCode.GMonthDay => "--12-01",
            XmlTypeCode.GDay => "---01",
            XmlTypeCode.AnyUri => "https://example.org/",
            XmlTypeCode.Language => "en",
            _ => null,
        };
        if (first is not null)
            yield return first;
        foreach (var bound in Bounds(type.Facets))
            yield return bound;
        yield return "text";
        var length = type.Facets.Length ?? type.Facets.MinLength ?? type.Facets.MaxLength ?? 4;
        yield return new string('a', Math.Min(length, 1000));
    }

    private static IEnumerable<string> Bounds(Facets facets) =>
        new[] { facets.MinInclusive, facets.MaxInclusive }.OfType<string>();
}
