using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Integration.Rest.Request;

/// <summary>The name of a file in <c>Content-Disposition</c> (RFC 6266), also where it is written as many servers do and none should.</summary>
internal static partial class DispositionName
{
    /// <summary>Null when the header has none.</summary>
    public static string? Of(string disposition)
    {
        var name = ContentDispositionHeaderValue.TryParse(disposition, out var parsed)
            ? parsed.FileNameStar ?? parsed.FileName
            : null;
        // Letters beyond ASCII, or blanks, without quotes.
        name ??= Plain().Match(disposition) is { Success: true } match ? match.Groups["name"].Value : null;
        return name?.Trim().Trim('"');
    }

    [GeneratedRegex(
        """;\s*filename\s*=\s*(?<name>"[^"]*"|[^;"]+)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Plain();
}
