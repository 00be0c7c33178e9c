using System.Text;
using System.Text.RegularExpressions;
using Integration.Hosting;

namespace Integration.ProcessCore.Api;

/// <summary>
/// The text of a file as it was sent: by its byte order mark, else as its XML declaration says, else UTF-8. Bytes that are none of it
/// are refused; a replacement character in a name would be found only when the name is compared.
/// </summary>
internal static partial class BpmnText
{
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
            return (Decode(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, ApiProblem.BadField("body", "It is not in the encoding that it declares. Save it as UTF-8."));
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => _utf8.GetString(rest),
            [0xFF, 0xFE, .. var rest] => Strict(Encoding.Unicode).GetString(rest),
            [0xFE, 0xFF, .. var rest] => Strict(Encoding.BigEndianUnicode).GetString(rest),
            _ => Declared(bytes) switch
            {
                "ISO-8859-1" or "LATIN1" or "US-ASCII" => Encoding.Latin1.GetString(bytes),
                _ => _utf8.GetString(bytes),
            },
        };

    private static string Declared(ReadOnlySpan<byte> bytes) =>
        Declaration()
            .Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Beginning)]))
            .Groups["name"]
            .Value.ToUpperInvariant();

    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    [GeneratedRegex(
        """^<\?xml [^>]{0,100}encoding\s*=\s*["'](?<name>[A-Za-z0-9._-]+)["']""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Declaration();
}
