using System.Text.RegularExpressions;

namespace Integration.Templates;

/// <summary>
/// The sentence "The default value is …." of a doc comment. A table has a column for it; what the sentence says besides, after
/// a colon or semicolon, stays with the meaning.
/// </summary>
internal static partial class DefaultSentence
{
    public static (string Meaning, string Default) Split(string comment)
    {
        var found = Sentence().Match(comment);
        if (!found.Success)
            return (comment, "");
        var value = found.Groups["value"].Value;
        var rest = found.Groups["rest"].Value;
        var meaning = comment[..found.Index].TrimEnd();
        if (rest.Length > 0)
            meaning += found.Groups["mark"].Value == ":" ? $" {Upper(value)}: {rest}." : $" {Upper(rest)}.";
        return ((meaning + comment[(found.Index + found.Length)..]).Trim(), value);
    }

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    // What stands as code is taken whole: a value may hold any of the signs that end the sentence.
    [GeneratedRegex(
        @"(?<=^|\s)The default value is (?<value>(`[^`]*`|[^`])+?)((?<mark>[:;]) (?<rest>(`[^`]*`|[^`])+?))?\.(?=\s|$)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Sentence();
}
