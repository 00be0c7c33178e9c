namespace Integration.Mail.Smtp;

/// <summary>The server has taken the mail for those recipients that it did not refuse.</summary>
internal sealed record SmtpReceipt(SmtpReply Reply, IReadOnlyList<RecipientReply> Recipients);
