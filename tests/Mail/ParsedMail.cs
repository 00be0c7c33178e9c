using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Integration.Mail.Tests;

/// <summary>A mail as it was received.</summary>
internal sealed class ParsedMail(MimeMessage message)
{
    public Address[] From => Addresses(message.From);

    public Address[] To => Addresses(message.To);

    public Address[] Cc => Addresses(message.Cc);

    public Address[] ReplyTo => Addresses(message.ReplyTo);

    public Part Body => new(message.Body!);

    public string? this[string name] =>
        message.Headers.SingleOrDefault(header => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase))
            is { } header
            ? Decoded(header)
            : null;

    public static async Task<ParsedMail> ReadAsync(byte[] mail) =>
        new(await MimeMessage.LoadAsync(new MemoryStream(mail)));

    // The property Value drops spaces at the end, encoded ones too.
    private static string Decoded(Header header)
    {
        var unfolded = Encoding.UTF8.GetString(header.RawValue).ReplaceLineEndings("").Trim();
        return Rfc2047.DecodeText(Encoding.UTF8.GetBytes(unfolded));
    }

    private static Address[] Addresses(InternetAddressList addresses) =>
        [.. addresses.Mailboxes.Select(mailbox => new Address(mailbox.Name ?? "", mailbox.Address))];

    internal sealed record Address(string Name, string Value);

    internal sealed record Part(MimeEntity Entity)
    {
        public string Type => Entity.ContentType.MimeType;

        public string? Charset => Entity.ContentType.Charset;

        public string? Encoding => Entity.Headers[HeaderId.ContentTransferEncoding];

        public string? Disposition => Entity.ContentDisposition?.Disposition;

        public string? Name => Entity.ContentDisposition?.FileName;

        public string? ContentId => Entity.Headers[HeaderId.ContentId];

        public Part[] Parts => [.. ((Multipart)Entity).Select(part => new Part(part))];

        public byte[] Content
        {
            get
            {
                using var content = new MemoryStream();
                ((MimePart)Entity).Content!.DecodeTo(content);
                return content.ToArray();
            }
        }

        public string Text => System.Text.Encoding.UTF8.GetString(Content);
    }
}
