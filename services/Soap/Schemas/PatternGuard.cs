using System.Text;
using System.Text.RegularExpressions;

namespace Integration.Soap.Schemas;

/// <summary>
/// Compares texts with the patterns of a type in linear time, before the framework does it by backtracking: with a careless pattern
/// such as <c>(a+)+b</c> that would take longer than any caller waits. It permits a little more than the patterns do, never less.
/// </summary>
internal sealed class PatternGuard
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    private readonly List<Regex>? _expressions = [];

    public PatternGuard(IEnumerable<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            if (Compiled(pattern) is { } expression)
                _expressions?.Add(expression);
            else
                _expressions = null;
        }
    }

    /// <summary>Whether the text may match; it is left to the framework where the patterns cannot be compared in linear time.</summary>
    public bool Permits(string text)
    {
        if (_expressions is null or [])
            return true;
        // As the type may collapse its blanks.
        var collapsed = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return _expressions.Exists(expression => expression.IsMatch(text) || expression.IsMatch(collapsed));
    }

    private static Regex? Compiled(string pattern)
    {
        // What a class subtracts must not become more.
        if (pattern.Contains("-[", StringComparison.Ordinal))
            return null;
        try
        {
            return new Regex($"^(?:{Translated(pattern)})\n?\\z", RegexOptions.NonBacktracking, _timeout);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // Schemas know classes of characters that expressions of .NET do not. Anchors, which they do not know, the framework takes
    // for anchors.
    private static string Translated(string pattern)
    {
        var text = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                c = pattern[++i];
                var members = Class(c);
                text.Append(
                    members is null ? $"\\{c}"
                    : inClass ? members
                    : $"[{members}]"
                );
                continue;
            }

            text.Append(c);
            inClass = c == '[' || (inClass && c != ']');
        }

        return text.ToString();
    }

    private static string? Class(char c) =>
        c switch
        {
            'w' => @"\p{L}\p{M}\p{N}\p{S}",
            'W' => @"\p{P}\p{Z}\p{C}",
            'i' => @"\p{L}\p{Nl}_:",
            'c' => @"\p{L}\p{M}\p{N}_:.\-·",
            'I' or 'C' => @"\s\S",
            _ => null,
        };
}
