using Integration.Mail.Addresses;

namespace Integration.Mail.Content;

/// <summary>A mail as its task wants it: checked, templates filled.</summary>
internal sealed record Letter
{
    public required Mailbox From { get; init; }

    public required IReadOnlyList<Mailbox> To { get; init; }

    public required IReadOnlyList<Mailbox> Cc { get; init; }

    public required IReadOnlyList<Mailbox> Bcc { get; init; }

    public required IReadOnlyList<Mailbox> ReplyTo { get; init; }

    public required string Subject { get; init; }

    public required string? Text { get; init; }

    public required string? Html { get; init; }

    public required IReadOnlyList<MailFile> Images { get; init; }

    public required IReadOnlyList<MailFile> Attachments { get; init; }

    /// <summary>Everyone once, in order.</summary>
    public IReadOnlyList<Mailbox> Recipients => [.. To.Concat(Cc).Concat(Bcc).DistinctBy(mailbox => mailbox.Address)];

    /// <summary>Only a server with SMTPUTF8 can take it.</summary>
    public bool NeedsUtf8 => Recipients.Concat(ReplyTo).Append(From).Any(mailbox => mailbox.NeedsUtf8);
}
