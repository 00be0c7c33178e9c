using System.Text;
using Integration.Errors;

namespace Integration.Soap.Wsdl;

/// <summary>A page for people where a document was expected: mostly one that asks for a login.</summary>
internal static class HtmlPage
{
    private const int StartBytes = 1024;

    /// <summary>Whether a document begins as a page does.</summary>
    public static bool Is(ReadOnlySpan<byte> content)
    {
        var start = Text(content[..Math.Min(content.Length, StartBytes)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        while (EndOfWhatMayStandBefore(start) is { } end)
        {
            var at = start.IndexOf(end, StringComparison.Ordinal);
            if (at < 0)
                return false;
            start = start[(at + end.Length)..].TrimStart();
        }

        return IsTag(start, "<html") || IsTag(start, "<!doctype html") || IsTag(start, "<head");
    }

    /// <summary>The error that it is.</summary>
    public static TaskErrorException Error(Uri location, ReadOnlySpan<byte> content)
    {
        var isLogin =
            Text(content).Replace("'", "\"", StringComparison.Ordinal) is var page
            && (
                page.Contains("type=\"password\"", StringComparison.OrdinalIgnoreCase)
                || page.Contains("type=password", StringComparison.OrdinalIgnoreCase)
            );
        return isLogin
            ? new AccessErrorException(
                "wsdl-refused",
                $"{location} is a login page (HTML), not a WSDL or schema. Set WsdlAuthentication of the service to a profile that its "
                    + "server accepts, or keep the WSDL in a file and name that."
            )
            : WsdlErrors.Unusable(
                location,
                "is an HTML page, not a WSDL or schema. Check the address, which often ends in ?wsdl; if its server wants a login, set "
                    + "WsdlAuthentication of the service, or keep the WSDL in a file and name that."
            );
    }

    private static string? EndOfWhatMayStandBefore(string start) =>
        start.StartsWith("<!--", StringComparison.Ordinal) ? "-->"
        : start.StartsWith("<?", StringComparison.Ordinal) ? "?>"
        : null;

    private static bool IsTag(string text, string tag) =>
        text.StartsWith(tag, StringComparison.OrdinalIgnoreCase)
        && (text.Length == tag.Length || !char.IsLetterOrDigit(text[tag.Length]));

    // Tags are ASCII in every encoding that pages come in, but for those of two bytes.
    private static string Text(ReadOnlySpan<byte> content) => Encoding.UTF8.GetString(content);
}
