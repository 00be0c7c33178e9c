using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>
/// Bytes as text. The character set is that of a byte order mark, otherwise that of the header, otherwise that of an XML
/// declaration (RFC 7303, 3), otherwise utf-8. JSON is utf-8 also where the header says something that nobody knows, or that the
/// bytes are not (RFC 8259, 11). Bytes that do not fit are never replaced.
/// </summary>
internal static partial class AnswerText
{
    private const int _longestDeclaration = 256;
    private const string _usual = "utf-8";

    /// <returns>The text without a byte order mark, or why there is none.</returns>
    public static (string? Text, string? Problem) Of(
        ReadOnlySpan<byte> bytes,
        string? charset,
        bool mayBeXml,
        bool mayBeJson
    )
    {
        var named = charset;
        try
        {
            if (Charsets.Marked(bytes) is { } marked)
            {
                named = marked.WebName;
                return (marked.GetString(bytes)[1..], null);
            }

            named ??= mayBeXml ? Declared(bytes) : null;
            return (Charsets.Get(named ?? _usual).GetString(bytes), null);
        }
        catch (ArgumentException) when (mayBeJson && Utf8.IsValid(bytes))
        {
            return (Encoding.UTF8.GetString(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return (
                null,
                named is null
                    ? "is no text in utf-8, and names no other character set"
                    : $"is in the character set '{named}' by its own account, and holds bytes that are none of it"
            );
        }
        catch (ArgumentException)
        {
            return (null, $"is in the character set '{named}', which is not known");
        }
    }

    // What can be read byte by byte is in no character set of more, whatever was written before it was converted.
    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, _longestDeclaration)]);
        return
            Declaration().Match(start) is { Success: true } match
            && match.Groups["name"].Value is var name
            && !name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase)
            && !name.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase)
            ? name
            : null;
    }

    [GeneratedRegex(
        """^<\?xml\s[^>]*?\sencoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._-]*)["']""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Declaration();
}
