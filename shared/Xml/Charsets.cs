using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Integration.Xml;

/// <summary>The character sets that texts of others come in: XML, JSON and any other.</summary>
public static partial class Charsets
{
    /// <summary>Longest declaration that is looked at, in bytes.</summary>
    public const int MaxDeclarationBytes = 4096;

    /// <summary>By its name on the wire, and by some that many write instead: <c>utf8</c>, <c>cp1252</c>.</summary>
    /// <param name="name">With or without quotes.</param>
    /// <param name="replaces">
    /// Whether bytes that do not fit are replaced; for texts that only people look at. The default value is false: reading them fails
    /// with a <see cref="DecoderFallbackException"/>.
    /// </param>
    /// <exception cref="ArgumentException">It is not known, or must not be read any more (<c>utf-7</c>).</exception>
    public static Encoding Get(string name, bool replaces = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        var fallback = replaces ? DecoderFallback.ReplacementFallback : DecoderFallback.ExceptionFallback;
        name = Plain(name);
        if (IsUtf8(name))
            return Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, fallback);
        try
        {
            return PageOf(name) is { } page
                ? CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ReplacementFallback, fallback)
                    ?? Encoding.GetEncoding(page, EncoderFallback.ReplacementFallback, fallback)
                : CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, fallback)
                    ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, fallback);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(name), e);
        }
    }

    /// <summary>Whether the name means utf-8, in whatever spelling: <c>utf8</c>, <c>UTF_8</c>, in quotes.</summary>
    public static bool IsUtf8(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var letters = Plain(name).Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return letters.Equals("utf8", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The character set that a byte order mark at the start names; null without one. The mark is the first character of the text.
    /// </summary>
    public static Encoding? Marked(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Get("utf-8"),
            [0xFF, 0xFE, 0, 0, ..] => Get("utf-32"),
            [0, 0, 0xFE, 0xFF, ..] => Get("utf-32BE"),
            [0xFE, 0xFF, ..] => Get("utf-16BE"),
            [0xFF, 0xFE, ..] => Get("utf-16"),
            _ => null,
        };

    /// <summary>
    /// The character set of an XML document by what it says itself, without a byte order mark (XML 1.0, appendix F): its first bytes
    /// show utf-16 or utf-32, or else its declaration names it. Null when neither is so: then it is utf-8. What can be read byte by
    /// byte is in no character set of more, whatever was declared before it was converted.
    /// </summary>
    /// <param name="start">Of the document; with the whole declaration, or <see cref="MaxDeclarationBytes"/>.</param>
    /// <returns>A name for <see cref="Get"/>.</returns>
    public static string? OfXml(ReadOnlySpan<byte> start) =>
        start switch
        {
            [(byte)'<', 0, 0, 0, ..] => "utf-32",
            [0, 0, 0, (byte)'<', ..] => "utf-32BE",
            [(byte)'<', 0, ..] => "utf-16",
            [0, (byte)'<', ..] => "utf-16BE",
            _ => Declared(start),
        };

    private static string? Declared(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith("<?xml"u8))
            return null;
        var text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, MaxDeclarationBytes)]);
        return
            Declaration().Match(text) is { Success: true } match
            && match.Groups["name"].Value is var name
            && !name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase)
            && !name.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase)
            ? name
            : null;
    }

    private static string Plain(string name) => name.Trim('"', '\'', ' ');

    // As Python and Java call the code pages of Windows.
    private static int? PageOf(string name) =>
        name.StartsWith("cp", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var page)
        && page is > 0 and < 65_000
            ? page
            : null;

    [GeneratedRegex(
        """^<\?xml\s[^>]*?\sencoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._-]*)["']""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Declaration();
}
