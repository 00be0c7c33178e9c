namespace Integration.ProcessCore.Feel;

/// <summary>A text is no expression of the supported language; the message says where, why and what to write instead.</summary>
/// <param name="reason">What was found, what was expected, and the way out.</param>
/// <param name="text">The whole expression.</param>
/// <param name="position">Index of the offending character in <paramref name="text"/>.</param>
public sealed class FeelSyntaxException(string reason, string text, int position)
    : Exception($"{reason} At {Place(text, position)}.")
{
    private const int ExcerptLength = 24;

    /// <summary>What was found, what was expected, and the way out; without the place.</summary>
    public string Reason { get; } = reason;

    /// <summary>The whole expression.</summary>
    public string Text { get; } = text;

    /// <summary>Index of the offending character, from 0; the length of the text when it ends too early.</summary>
    public int Position { get; } = position;

    private static string Place(string text, int position)
    {
        var (line, column) = LineAndColumn(text, position);
        var where = line == 1 ? $"column {column}" : $"line {line}, column {column}";
        var rest = text.AsSpan(position).TrimEnd();
        if (rest.IsEmpty)
            return $"{where}, the end of the expression";
        return rest.Length <= ExcerptLength ? $"{where}: {rest}" : $"{where}: {rest[..ExcerptLength]}…";
    }

    private static (int Line, int Column) LineAndColumn(string text, int position)
    {
        var before = text.AsSpan(0, position);
        return (before.Count('\n') + 1, position - before.LastIndexOf('\n'));
    }
}
