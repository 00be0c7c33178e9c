using Integration.Errors;
using Integration.Files;
using Integration.Mail.Accounts;
using Integration.Mail.Addresses;
using Integration.Mail.Content;
using Integration.Mail.Templates;
using Microsoft.Extensions.Options;

namespace Integration.Mail.Send;

/// <summary>Reads and checks everything before the server hears a word.</summary>
[RaisesFrom(typeof(SenderRules))]
[RaisesFrom(typeof(BoundedWriter))]
[RaisesFrom(typeof(LetterErrors))]
internal sealed class LetterReader(TemplateRenderer templates, IFileStores files, IOptions<MailOptions> options)
{
    public Letter Read(SendOperation.Input input, MailAccount account)
    {
        if (input.Text is null && input.Html is null)
            throw InvalidInput.At("text", "and inputs.html are missing. Send one of them, or both.");
        if (input.Html is null && input.Images is { Count: > 0 })
            throw InvalidInput.At("images", "needs inputs.html to show them. Send them as attachments instead.");

        var letter = Fill(input) with
        {
            From = SenderRules.Choose(account, input.From),
            To = MailboxReader.ReadAll(input.To, "to"),
            Cc = MailboxReader.ReadAll(input.Cc, "cc"),
            Bcc = MailboxReader.ReadAll(input.Bcc, "bcc"),
            ReplyTo = MailboxReader.ReadAll(input.ReplyTo, "replyTo"),
        };
        if (IsEmpty(letter))
            throw InvalidInput.At("text", "and inputs.html are empty. Send one of them, or both.");
        HeaderText.Check(letter.Subject, "subject");
        if (letter.Recipients.Count == 0)
            throw InvalidInput.At("to", "names nobody. Name a recipient in to, cc or bcc.");
        if (letter.Recipients.Count > options.Value.MaxRecipients)
            throw LetterErrors.TooManyRecipients(letter.Recipients.Count, options.Value.MaxRecipients);
        return letter;
    }

    // Files may be all that there is to send, and then an empty text is meant.
    private static bool IsEmpty(Letter letter) =>
        letter.Html is null && string.IsNullOrWhiteSpace(letter.Text) && letter.Attachments.Count == 0;

    private Letter Fill(SendOperation.Input input)
    {
        var values = input.Values is null ? null : new TemplateValues(input.Values);
        var html = Body(input.Html, "html", (text, field) => templates.Html(text, values!, field));
        var text = Body(input.Text, "text", (text, field) => templates.Text(text, values!, field));
        // Of two alternatives the last is shown (RFC 2046, 5.1.4): an empty one would hide the other.
        var shown = string.IsNullOrWhiteSpace(html) ? null : html;
        if (shown is not null && string.IsNullOrWhiteSpace(text))
            text = null;
        return new Letter
        {
            From = null!,
            To = [],
            Cc = [],
            Bcc = [],
            ReplyTo = [],
            Subject = values is null ? input.Subject : templates.Text(input.Subject, values, "subject"),
            Text = text ?? (shown is null ? "" : null),
            Html = shown,
            Images = MailFiles.Images(input.Images, html, files),
            Attachments = MailFiles.Attachments(input.Attachments, files),
        };

        string? Body(string? text, string field, Func<string, string, string> fill) =>
            text is null ? null
            : values is not null ? fill(text, field)
            : text.Length > options.Value.MaxBodyLength
                ? throw BoundedWriter.TooLong(options.Value.MaxBodyLength, field)
            : text;
    }
}
