using System.Text.RegularExpressions;

namespace Integration.Mail.Smtp;

/// <summary>An answer of a server (RFC 5321, 4.2).</summary>
/// <param name="Code">E.g. 250.</param>
/// <param name="Lines">Without the code.</param>
internal sealed partial record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int Longest = 1000;

    public bool IsPositive => Code is >= 200 and < 400;

    public bool IsTemporary => Code is >= 400 and < 500;

    /// <summary>E.g. 5.7.8 (RFC 3463); null when the server sends none.</summary>
    public string? EnhancedCode => Enhanced().Match(Lines[0]) is { Success: true } match ? match.Value : null;

    /// <summary>In one line: code and text.</summary>
    public override string ToString()
    {
        var text = $"{Code} {string.Join(' ', Lines)}".Trim();
        return text.Length > Longest ? text[..Longest] + "…" : text;
    }

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}(?= |\z)", RegexOptions.None, 1000)]
    private static partial Regex Enhanced();
}
