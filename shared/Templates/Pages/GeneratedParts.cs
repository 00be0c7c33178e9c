using System.Text.RegularExpressions;

namespace Integration.Templates;

/// <summary>
/// The parts of a page that are written from the code, between <c>&lt;!-- generated: WHAT --&gt;</c> and
/// <c>&lt;!-- /generated --&gt;</c>. The rest of the page is written by people.
/// </summary>
public static partial class GeneratedParts
{
    /// <summary>The page with its parts as they are now.</summary>
    /// <param name="page">The page as it stands.</param>
    /// <param name="write">Writes the part WHAT; null leaves it as it stands, as somebody else's.</param>
    /// <exception cref="ArgumentException">A part does not end.</exception>
    public static string Fill(string page, Func<string, string?> write)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(write);
        var begun = Begin().Count(page);
        var filled = Part()
            .Replace(
                page,
                match =>
                {
                    begun--;
                    return write(match.Groups["what"].Value) is { } text
                        ? $"{match.Groups["begin"].Value}\n\n{text.Trim()}\n\n<!-- /generated -->"
                        : match.Value;
                }
            );
        return begun == 0
            ? filled
            : throw new ArgumentException("A part <!-- generated: … --> has no end <!-- /generated -->.", nameof(page));
    }

    [GeneratedRegex(@"<!-- generated: [^>]* -->", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Begin();

    [GeneratedRegex(
        @"(?<begin><!-- generated: (?<what>[^>]*?) -->)((?!<!-- generated:).)*?<!-- /generated -->",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Part();
}
