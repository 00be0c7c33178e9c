using System.Text;
using System.Text.RegularExpressions;
using Integration.Hosting;

namespace Integration.ProcessCore.Api;

/// <summary>
/// The text of a file as it was sent: by its byte order mark, else by its first bytes (UTF-16), else as its XML declaration says, else
/// UTF-8 (appendix F of the XML specification). Bytes that are none of it are refused; a replacement character in a name would be found
/// only when the name is compared.
/// </summary>
internal static partial class BpmnText
{
    private const int Utf7 = 65000;

    // As long as a declaration may be.
    private const int Beginning = 200;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static (string? Text, IResult? Problem) Read(MemoryStream body)
    {
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        if (bytes.IsEmpty)
            return (null, ApiProblem.BadField("body", "Send the BPMN file as the body."));
        try
        {
            return Decode(bytes) is { } text
                ? (text, null)
                : (
                    null,
                    ApiProblem.BadField(
                        "body",
                        $"Its XML declaration names the encoding '{Declared(bytes)}', which is not known here. Save it as UTF-8."
                    )
                );
        }
        catch (DecoderFallbackException)
        {
            return (null, ApiProblem.BadField("body", "It is not in the encoding that it declares. Save it as UTF-8."));
        }
    }

    private static string? Decode(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => _utf8.GetString(rest),
            [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => throw new DecoderFallbackException("UTF-32"),
            [0xFF, 0xFE, .. var rest] => Strict(Encoding.Unicode).GetString(rest),
            [0xFE, 0xFF, .. var rest] => Strict(Encoding.BigEndianUnicode).GetString(rest),
            [(byte)'<', 0, ..] => Strict(Encoding.Unicode).GetString(bytes),
            [0, (byte)'<', ..] => Strict(Encoding.BigEndianUnicode).GetString(bytes),
            _ when Declared(bytes) is { Length: > 0 } name => Named(name)?.GetString(bytes),
            _ => _utf8.GetString(bytes),
        };

    /// <summary>An encoding by its name; null when there is none, or the bytes of the declaration show that it is another.</summary>
    private static Encoding? Named(string name)
    {
        if (name is "UTF-8" or "UTF8")
            return _utf8;
        if (name.StartsWith("UTF-16", StringComparison.Ordinal) || name.StartsWith("UTF-32", StringComparison.Ordinal))
            throw new DecoderFallbackException(name);
        try
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return encoding.CodePage == Utf7 ? null : Strict(encoding);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Declared(ReadOnlySpan<byte> bytes) =>
        Declaration()
            .Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Beginning)]))
            .Groups["name"]
            .Value.ToUpperInvariant();

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    [GeneratedRegex(
        """^<\?xml\s[^>]{0,100}encoding\s*=\s*["'](?<name>[A-Za-z0-9._-]+)["']""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Declaration();
}
