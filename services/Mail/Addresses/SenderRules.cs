using Integration.Contracts;
using Integration.Errors;
using Integration.Mail.Accounts;

namespace Integration.Mail.Addresses;

/// <summary>Who may be the sender of an account's mail.</summary>
[Raises(
    ErrorCategory.Access,
    "sender-not-allowed",
    "The account does not allow the sender. Nothing was sent.",
    "Correct `from`, or `From` of the account."
)]
internal static class SenderRules
{
    public static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static bool IsRule(string rule) =>
        IsDomain(rule) ? MailboxReader.Domain(rule[2..]) is not null : MailboxReader.TryRead(rule, null) is not null;

    /// <summary>The sender of a task, when it may be one; the account's first when the task names none.</summary>
    public static Mailbox Choose(MailAccount account, string? from)
    {
        if (from is not null)
        {
            var sender = MailboxReader.Read(from, "from");
            return Split(account.From).Any(rule => Allows(rule, sender)) ? sender : throw Refused(account, sender);
        }

        return Split(account.From)
                .Where(rule => !IsDomain(rule))
                .Select(rule => MailboxReader.TryRead(rule, null))
                .FirstOrDefault(one => one is not null)
            ?? throw InvalidInput.At(
                "from",
                $"is missing, and Mail__Accounts__{account.Name}__From names no address that could stand for it. Send one."
            );
    }

    private static bool Allows(string rule, Mailbox sender) =>
        IsDomain(rule)
            ? MailboxReader.Domain(rule[2..]) == sender.Domain
            : MailboxReader.TryRead(rule, null) is { } allowed
                && allowed.Domain == sender.Domain
                && allowed.Local.Equals(sender.Local, StringComparison.OrdinalIgnoreCase);

    // An asterisk would be a character of an address like any other.
    private static bool IsDomain(string rule) => rule.StartsWith("*@", StringComparison.Ordinal);

    private static AccessErrorException Refused(MailAccount account, Mailbox sender) =>
        new(
            "sender-not-allowed",
            $"The account '{account.Name}' does not send for {sender.Address}. Add it, or *@{sender.Domain}, to "
                + $"Mail__Accounts__{account.Name}__From, or correct the input from."
        )
        {
            Status = -1,
            Target = account.Target,
        };
}
