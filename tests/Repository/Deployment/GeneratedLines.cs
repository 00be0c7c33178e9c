using System.Text.RegularExpressions;

namespace Integration.Repository.Tests.Deployment;

/// <summary>
/// The lines of a file between <c>generated: WHAT</c> and <c>/generated</c>, each in a comment on a line of its own, with the indentation
/// of that comment. Pages have their own form, with blank lines around: <see cref="Templates.GeneratedParts"/>.
/// </summary>
internal static partial class GeneratedLines
{
    /// <summary>The file with its parts as they are now.</summary>
    /// <param name="text">The file as it stands.</param>
    /// <param name="parts">Each WHAT, and its lines.</param>
    /// <exception cref="InvalidOperationException">A part is missing or does not end.</exception>
    public static string Fill(string text, IReadOnlyDictionary<string, IEnumerable<string>> parts)
    {
        var filled = new List<string>();
        var result = Part()
            .Replace(
                text,
                match =>
                {
                    var what = match.Groups["what"].Value;
                    filled.Add(what);
                    var lines = parts[what]
                        .Select(line => line.Length > 0 ? match.Groups["indentation"].Value + line : "")
                        .Select(line => line + "\n");
                    return match.Groups["begin"].Value + string.Concat(lines) + match.Groups["end"].Value;
                }
            );
        return filled.Order(StringComparer.Ordinal).SequenceEqual(parts.Keys.Order(StringComparer.Ordinal))
            ? result
            : throw new InvalidOperationException(
                $"It has the parts {string.Join(", ", filled)}, and not {string.Join(", ", parts.Keys)}."
            );
    }

    [GeneratedRegex(
        @"^(?<begin>(?<indentation>[ ]*)(\#|<!--) generated: (?<what>[a-z ]+?)( -->)?\n)(.*\n)*?(?<end>[ ]*(\#|<!--) /generated)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Part();
}
