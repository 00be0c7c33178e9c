using Integration.Mail.Addresses;

namespace Integration.Mail.Smtp;

/// <summary>What a server says about one recipient.</summary>
internal sealed record RecipientReply(Mailbox Recipient, SmtpReply Reply)
{
    public bool IsAccepted => Reply.Code is >= 200 and < 300;
}
