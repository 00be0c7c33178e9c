using System.Globalization;
using System.Text.Json;

namespace Integration.Sdk;

/// <summary>What may be broken by a value of the right form: how large, how long, how many, which pattern.</summary>
internal sealed class SchemaBounds
{
    public decimal? Least { get; init; }

    public decimal? Most { get; init; }

    public decimal? Above { get; init; }

    public decimal? Below { get; init; }

    /// <summary>Characters of a text.</summary>
    public SchemaSizes Length { get; init; }

    /// <summary>Entries of a list.</summary>
    public SchemaSizes Items { get; init; }

    /// <summary>Fields of an object.</summary>
    public SchemaSizes Properties { get; init; }

    /// <summary>Of a text that may have any other form.</summary>
    public SchemaText? Text { get; init; }

    /// <summary>As it stands in the schema.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether a text with a number in it counts as the number.</summary>
    public bool TextsAreNumbers { get; init; }

    /// <summary>The sentence about the first rule that is broken, to stand behind the place; null for none.</summary>
    public string? Broken(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => BrokenRange(value),
            JsonValueKind.String => (TextsAreNumbers ? BrokenRange(value) : null) ?? BrokenText(value),
            JsonValueKind.Array => Items.Broken(value.GetArrayLength(), "entries"),
            JsonValueKind.Object => Properties.Broken(value.GetPropertyCount(), "fields"),
            _ => null,
        };

    private string? BrokenRange(JsonElement value) =>
        SchemaNumber.Of(value) is not { } number
        || !(number < Least || number > Most || number <= Above || number >= Below)
            ? null
            : $" must be {string.Join(" and ", Range())}.";

    private IEnumerable<string> Range()
    {
        if (Least is { } least)
            yield return $"at least {Text(least)}";
        if (Above is { } above)
            yield return $"more than {Text(above)}";
        if (Most is { } most)
            yield return $"at most {Text(most)}";
        if (Below is { } below)
            yield return $"less than {Text(below)}";

        static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private string? BrokenText(JsonElement value)
    {
        if (Length.AreNone && Text is null)
            return null;
        var characters = Length.AreNone ? 0 : SchemaText.Read(value, static (text, _) => Characters(text), 0);
        return Length.Broken(characters, "characters")
            ?? (Text is null || Text.Fits(value) ? null : $" must match the pattern {Pattern}.");
    }

    private static int Characters(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
