using System.Globalization;
using System.Text;
using MimeKit;

namespace Integration.Mail.Content;

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">As the receiver sees it; null for none.</param>
/// <param name="Type">E.g. <c>application/pdf</c>.</param>
/// <param name="ContentId">By which HTML refers to it; null for an attachment.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Open">Opens it. Its stream ends after <paramref name="Size"/> bytes, or throws.</param>
internal sealed record MailFile(
    string? Name,
    ContentType Type,
    string? ContentId,
    long Size,
    Func<CancellationToken, Task<Stream>> Open
)
{
    // A line may have 998 (RFC 5322, 2.1.1).
    private const int LongestLine = 900;

    public MimePart ToPart()
    {
        var part = new MimePart(Type)
        {
            Content = new FileContent(this),
            ContentTransferEncoding = ContentEncoding.Base64,
        };
        part.Headers.Add(
            HeaderWords.AsItStands(
                HeaderId.ContentDisposition,
                (ContentId is null ? "attachment" : "inline") + FileName()
            )
        );
        if (ContentId is not null)
            part.Headers.Add("Content-ID", $"<{ContentId}>");
        return part;
    }

    // Names beyond plain ASCII are percent-encoded and say their character set (RFC 2231). MimeKit cuts long ones within a character.
    private string FileName()
    {
        if (Name is null)
            return "";
        if (Name.All(one => char.IsAsciiLetterOrDigit(one) || "-_. ".Contains(one)))
            return $";\r\n filename=\"{Name}\"";
        var encoded = Uri.EscapeDataString(Name);
        return encoded.Length <= LongestLine ? $";\r\n filename*=utf-8''{encoded}" : InPieces(Name);
    }

    // Not for names that fit: not every program puts pieces together.
    private static string InPieces(string name)
    {
        var lines = new StringBuilder();
        var length = LongestLine;
        var pieces = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            var encoded = Uri.EscapeDataString(rune.ToString());
            if ((length += encoded.Length) > LongestLine)
            {
                lines.Append(CultureInfo.InvariantCulture, $";\r\n filename*{pieces}*=");
                if (pieces++ == 0)
                    lines.Append("utf-8''");
                length = encoded.Length;
            }

            lines.Append(encoded);
        }

        return lines.ToString();
    }
}
