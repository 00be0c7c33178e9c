namespace Integration.ProcessCore.Feel.Syntax;

/// <summary>The words that cannot be names unless they stand between backticks.</summary>
internal static class Keywords
{
    private static readonly HashSet<string> _reserved = new(StringComparer.Ordinal)
    {
        "and",
        "between",
        "else",
        "every",
        "false",
        "for",
        "function",
        "if",
        "in",
        "null",
        "or",
        "return",
        "satisfies",
        "some",
        "then",
        "true",
    };

    public static bool IsReserved(string word) => _reserved.Contains(word);
}
