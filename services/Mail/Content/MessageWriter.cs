using System.Text;
using Integration.Mail.Addresses;
using Integration.Sdk;
using MimeKit;

namespace Integration.Mail.Content;

/// <summary>Turns a letter into a message. The same task makes the same bytes but for the date.</summary>
internal static class MessageWriter
{
    private const int LongestLine = 76;

    public static Task<MailMessage> WriteAsync(Letter letter, TaskContext task)
    {
        var id = MessageId.Of(task.IdempotencyKey, letter.From.Domain);
        var message = new MimeMessage();
        message.Headers.Clear();
        message.Date = task.Time.GetUtcNow();
        message.From.Add(Address(letter.From));
        message.ReplyTo.AddRange(letter.ReplyTo.Select(Address));
        message.To.AddRange(letter.To.Select(Address));
        message.Cc.AddRange(letter.Cc.Select(Address));
        if (letter.To.Count + letter.Cc.Count == 0)
            message.Headers.Add(HeaderWords.AsItStands(HeaderId.To, "undisclosed-recipients:;"));
        message.Headers.Add("Message-ID", id);
        message.Subject = HeaderWords.Subject(letter.Subject);
        // RFC 3834: out-of-office programs do not answer to it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = Body(letter, MessageId.Hash(task.IdempotencyKey));
        return MailMessage.MeasureAsync(id, message);
    }

    private static MailboxAddress Address(Mailbox mailbox) =>
        new(Encoding.UTF8, HeaderWords.Name(mailbox.Name), mailbox.Address);

    private static MimeEntity Body(Letter letter, string hash)
    {
        var alternatives = new List<MimeEntity>();
        if (letter.Text is { } text)
            alternatives.Add(Text(text, "plain"));
        if (letter.Html is { } html)
        {
            var images = letter.Images.Select(image => image.ToPart());
            alternatives.Add(Multi("related", $"=_r_{hash}", [Text(html, "html"), .. images]));
        }

        var body = Multi("alternative", $"=_a_{hash}", alternatives);
        return Multi("mixed", $"=_m_{hash}", [body, .. letter.Attachments.Select(file => file.ToPart())]);
    }

    // Parts that belong together; a single one stands for itself. None of the encodings writes =_, so no part holds the boundary.
    private static MimeEntity Multi(string subtype, string boundary, IReadOnlyList<MimeEntity> parts)
    {
        if (parts.Count == 1)
            return parts[0];
        var multipart = new Multipart(subtype) { Boundary = boundary };
        // RFC 2387, 3.1.
        if (subtype == "related")
            multipart.ContentType.Parameters["type"] = parts[0].ContentType.MimeType;
        foreach (var part in parts)
            multipart.Add(part);
        return multipart;
    }

    private static TextPart Text(string text, string subtype)
    {
        // CRLF is the only line end that mail knows.
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return new TextPart(subtype) { Text = lines, ContentTransferEncoding = Encoded(lines) };
    }

    // Lines of ASCII that no server on the way needs to change.
    private static ContentEncoding Encoded(string text)
    {
        if (
            text.Split('\n')
                .All(line => line.Length <= LongestLine && line.All(one => one is >= ' ' and <= '~' or '\t'))
        )
            return ContentEncoding.SevenBit;
        var utf8 = Encoding.UTF8.GetBytes(text);
        // A byte beyond ASCII costs three characters in quoted-printable, and four thirds in base64.
        return utf8.Count(one => one > '~') * 5 > utf8.Length
            ? ContentEncoding.Base64
            : ContentEncoding.QuotedPrintable;
    }
}
