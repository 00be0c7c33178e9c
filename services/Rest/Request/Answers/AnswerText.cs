using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Integration.Http;

namespace Integration.Rest.Request;

/// <summary>
/// Bytes as text. The character set is that of a byte order mark, otherwise that of the header, otherwise that of an XML
/// declaration (RFC 7303, 3), otherwise utf-8. JSON is utf-8 also where the header says something that nobody knows (RFC 8259, 11).
/// </summary>
internal static partial class AnswerText
{
    private const int _longestDeclaration = 256;

    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

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
            if (Marked(bytes) is { } marked)
                return (marked.GetString(bytes).TrimStart('\uFEFF'), null);
            named ??= mayBeXml ? Declared(bytes) : null;
            return ((named is null ? _strict : Charsets.Get(named)).GetString(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "is no text in utf-8, and names no other character set");
        }
        catch (ArgumentException) when (mayBeJson && Utf8.IsValid(bytes))
        {
            return (_strict.GetString(bytes), null);
        }
        catch (ArgumentException)
        {
            return (null, $"is in the character set '{named}', which is not known");
        }
    }

    private static Encoding? Marked(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            _ => null,
        };

    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, _longestDeclaration)]);
        return Declaration().Match(start) is { Success: true } match ? match.Groups["name"].Value : null;
    }

    [GeneratedRegex(
        """^<\?xml\s[^>]*?\sencoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._-]*)["']""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Declaration();
}
