using Integration.Mail.Smtp;

namespace Integration.Mail.Send;

/// <summary>What the server answered about one recipient.</summary>
/// <param name="Address">Without the name.</param>
/// <param name="Accepted">False when the mail does not go there.</param>
/// <param name="Status">E.g. 250 or 550.</param>
/// <param name="Answer">The server's answer.</param>
public sealed record RecipientAnswer(string Address, bool Accepted, int Status, string Answer)
{
    internal static RecipientAnswer Of(RecipientReply one) =>
        new(one.Recipient.Address, one.IsAccepted, one.Reply.Code, one.Reply.ToString());
}
