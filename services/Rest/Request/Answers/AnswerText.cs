using System.Text;
using System.Text.Unicode;
using Integration.Xml;

namespace Integration.Rest.Request;

/// <summary>
/// Bytes as text. The character set is that of a byte order mark, otherwise that of the header, otherwise that of an XML
/// declaration (RFC 7303, 3), otherwise utf-8. JSON is utf-8 wherever it can be, whatever the header says: many frameworks add their
/// usual character set to what they write in utf-8 (RFC 8259, 8.1 and 11). Bytes that do not fit are never replaced.
/// </summary>
internal static class AnswerText
{
    private const string Usual = "utf-8";

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

            if (mayBeJson && IsUtf8Json(bytes))
                return (Encoding.UTF8.GetString(bytes), null);
            named ??= mayBeXml ? Charsets.OfXml(bytes) : null;
            return (Charsets.Get(named ?? Usual).GetString(bytes), null);
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

    // More than ASCII, in which the character set says nothing or, as iso-2022-jp, everything; and no zeros, of which utf-16 is full.
    private static bool IsUtf8Json(ReadOnlySpan<byte> bytes) =>
        !Ascii.IsValid(bytes) && !bytes.Contains((byte)0) && Utf8.IsValid(bytes);
}
