using System.Text;
using System.Text.RegularExpressions;

namespace Integration.Templates;

/// <summary>The few forms of Markdown that pages are made of.</summary>
internal static partial class Markdown
{
    /// <summary>A table; an empty head stays empty.</summary>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder(Row(head)).Append(Row([.. head.Select(_ => "---")]).Replace(" ", ""));
        foreach (var row in rows)
            text.Append(Row(row));
        return text.ToString();
    }

    /// <summary>A block of code.</summary>
    public static string Block(string language, string text) => $"```{language}\n{text.Trim()}\n```\n";

    /// <summary>As code hosts make the anchor of a heading: lower case, signs dropped, spaces to hyphens.</summary>
    public static string Anchor(string heading) =>
        string.Concat(
            heading
                .ToLowerInvariant()
                .Where(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ')
                .Select(c => c == ' ' ? '-' : c)
        );

    private static string Row(IReadOnlyList<string> cells) =>
        $"|{string.Concat(cells.Select(cell => cell.Length == 0 ? " |" : $" {Cell(cell)} |"))}\n";

    private static string Cell(string text) =>
        Setting()
            .Replace(text, match => match.Groups["code"].Success ? match.Value : $"`{match.Value}`")
            .Replace("|", "\\|", StringComparison.Ordinal)
            .ReplaceLineEndings("<br>");

    // Settings are written as code, also where a comment or an attribute has them as plain words.
    [GeneratedRegex(@"(?<code>`[^`]*`)|\b[A-Z]\w*__\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();
}
