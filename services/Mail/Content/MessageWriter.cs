using System.Globalization;
using Integration.Sdk;

namespace Integration.Mail.Content;

/// <summary>Turns a letter into a message (RFC 5322, 2045, 2046, 2387). The same task makes the same bytes but for the date.</summary>
internal static class MessageWriter
{
    public static MailMessage Write(Letter letter, TaskContext task)
    {
        var id = MessageId.Of(task.IdempotencyKey, letter.From.Domain);
        var now = task.Time.GetUtcNow().ToString("ddd, dd MMM yyyy HH':'mm':'ss '+0000'", CultureInfo.InvariantCulture);
        var headers = new HeaderBlock()
            .Add("Date", now)
            .AddMailboxes("From", [letter.From])
            .AddMailboxes("Reply-To", letter.ReplyTo)
            .AddMailboxes("To", letter.To)
            .AddMailboxes("Cc", letter.Cc);
        if (letter.To.Count + letter.Cc.Count == 0)
            headers.Add("To", "undisclosed-recipients:;");
        headers
            .Add("Message-ID", id)
            .AddText("Subject", letter.Subject)
            // RFC 3834: out-of-office programs do not answer to it.
            .Add("Auto-Submitted", "auto-generated")
            .Add("MIME-Version", "1.0");
        return new MailMessage(id, [.. Body(letter, MessageId.Hash(task.IdempotencyKey)).Segments(headers)]);
    }

    private static MimePart Body(Letter letter, string hash)
    {
        var alternatives = new List<MimePart>();
        if (letter.Text is { } text)
            alternatives.Add(MimePart.Text(text, "plain"));
        if (letter.Html is { } html)
        {
            var images = letter.Images.Select(image => image.ToPart());
            alternatives.Add(
                MimePart.Multi("related; type=\"text/html\"", $"=_r_{hash}", [MimePart.Text(html, "html"), .. images])
            );
        }

        var body = MimePart.Multi("alternative", $"=_a_{hash}", alternatives);
        return MimePart.Multi("mixed", $"=_m_{hash}", [body, .. letter.Attachments.Select(file => file.ToPart())]);
    }
}
