namespace Integration.ProcessCore.Feel.Functions;

/// <summary>Strings by Unicode characters: what .NET stores as two units is one of them.</summary>
internal static class CodePoints
{
    public static int Count(string text) => HasPairs(text) ? text.EnumerateRunes().Count() : text.Length;

    public static string Slice(string text, int start, int length) =>
        HasPairs(text)
            ? string.Concat(text.EnumerateRunes().Skip(start).Take(length).Select(rune => rune.ToString()))
            : text.Substring(start, length);

    public static bool HasPairs(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;
}
