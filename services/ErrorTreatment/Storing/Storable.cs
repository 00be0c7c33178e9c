namespace Integration.ErrorTreatment.Storing;

/// <summary>Text from outside, so that every database takes it.</summary>
internal static class Storable
{
    private const int Longest = 8 * 1024;

    /// <summary>Without U+0000, which PostgreSQL refuses, and not endless.</summary>
    public static string Text(string text)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        if (clean.Length <= Longest)
            return clean;
        return clean[..(char.IsHighSurrogate(clean[Longest - 1]) ? Longest - 1 : Longest)];
    }

    public static string? TextOrNull(string? text) => text is null ? null : Text(text);
}
