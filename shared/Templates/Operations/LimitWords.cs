using System.Globalization;
using System.Text.Json;

namespace Integration.Templates;

/// <summary>What is checked of a value besides its type, in words.</summary>
internal static class LimitWords
{
    // What a type can hold at all is no limit that anybody has set.
    private static readonly decimal[] _ofTypes =
    [
        int.MinValue,
        int.MaxValue,
        long.MinValue,
        long.MaxValue,
        decimal.MinValue,
        decimal.MaxValue,
    ];

    public static IEnumerable<string> Of(SchemaPart part, ValueShape value)
    {
        if (value.Kind is ValueKind.Special or ValueKind.Choice)
            yield break;
        if (Between(Number(part, "minimum"), Number(part, "maximum"), "") is { } range)
            yield return range;
        if (Number(part, "exclusiveMinimum") is { } above)
            yield return $"more than {Text(above)}";
        if (Number(part, "exclusiveMaximum") is { } below)
            yield return $"less than {Text(below)}";
        foreach (
            var (kind, unit) in new[] { ("Length", "characters"), ("Items", "entries"), ("Properties", "entries") }
        )
        {
            if (Sizes(Number(part, $"min{kind}"), Number(part, $"max{kind}"), unit) is { } sizes)
                yield return sizes;
        }

        if (value.Kind == ValueKind.Text && part.Text("pattern") is { Length: > 0 } pattern)
            yield return $"pattern `{Plain(pattern)}`";
        if (part.Keyword("not") is { } not)
            yield return $"none of {string.Join(", ", part.Within("not", not).Texts("enum").Select(one => $"`{one}`"))}";
    }

    private static string? Sizes(decimal? least, decimal? most, string unit) =>
        (least, most) is (1, null) ? "not empty" : Between(least, most, $" {unit}");

    private static string? Between(decimal? least, decimal? most, string unit) =>
        (least, most) switch
        {
            (null, null) => null,
            ({ } from, null) => $"at least {Text(from)}{unit}",
            (null, { } to) => $"at most {Text(to)}{unit}",
            ({ } from, { } to) => $"{Text(from)} to {Text(to)}{unit}",
        };

    private static decimal? Number(SchemaPart part, string keyword) =>
        part.Keyword(keyword) is { ValueKind: JsonValueKind.Number } number
        && number.TryGetDecimal(out var limit)
        && !_ofTypes.Contains(limit)
            ? limit
            : null;

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    // The attribute means the whole text, and takes an empty one.
    private static string Plain(string pattern) =>
        pattern.StartsWith("^(?:", StringComparison.Ordinal) && pattern.EndsWith(")?$", StringComparison.Ordinal)
            ? pattern[4..^3]
            : pattern;
}
