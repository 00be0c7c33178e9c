using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Mail.Smtp;

/// <summary>What becomes of a mail when recipients are refused.</summary>
[Raises(
    ErrorCategory.Data,
    "recipients-refused",
    "The server refuses recipients for good. The message names them, `details` has all answers.",
    "Correct the addresses, or set `allOrNothing` to false."
)]
[Raises(
    ErrorCategory.Connectivity,
    "recipients-deferred",
    "The server takes recipients later, e.g. greylisting. The mail was not sent.",
    "Wait; it is retried."
)]
[Raises(
    ErrorCategory.Volumetric,
    "recipients-throttled",
    "A mailbox takes no more for now. The mail was not sent.",
    "Wait; it is retried slowly."
)]
internal static class RecipientErrors
{
    /// <summary>Null when the mail may go.</summary>
    public static TaskErrorException? Find(string target, IReadOnlyList<RecipientReply> replies, bool allOrNothing)
    {
        var refused = replies.Where(one => !one.IsAccepted).ToList();
        if (refused.Count == 0 || (!allOrNothing && refused.Count < replies.Count))
            return null;
        var permanent = refused.Where(one => !one.Reply.IsTemporary).ToList();
        if (permanent.Count > 0)
            return new DataErrorException("recipients-refused", Message(target, "refuses", permanent, replies.Count))
            {
                Status = permanent[0].Reply.Code,
                Target = target,
                Details = Details(replies),
            };
        var full = refused.All(one => one.Reply.Code == 452 || one.Reply.EnhancedCode is "4.2.2" or "4.5.3");
        var message = Message(target, "does not take for now", refused, replies.Count);
        var works = !refused.Exists(one => IsAboutServer(one.Reply));
        return full
            ? new VolumetricErrorException("recipients-throttled", message)
            {
                Retryable = true,
                TargetWorks = works,
                Status = refused[0].Reply.Code,
                Target = target,
                Details = Details(replies),
            }
            : new ConnectivityErrorException("recipients-deferred", message)
            {
                TargetWorks = works,
                Status = refused[0].Reply.Code,
                Target = target,
                Details = Details(replies),
            };
    }

    // RFC 3463, 3.4: the mail system as a whole. A 452 that says nothing more is "insufficient system storage".
    private static bool IsAboutServer(SmtpReply reply) =>
        reply.EnhancedCode is { } code ? code.StartsWith("4.3.", StringComparison.Ordinal) : reply.Code == 452;

    private static string Message(string target, string what, List<RecipientReply> refused, int all) =>
        $"{target} {what} {string.Join(", ", refused.Select(one => $"{one.Recipient.Address} ({one.Reply})"))}. "
        + (refused.Count < all ? "With allOrNothing nobody gets the mail. " : "")
        + "The mail was not sent.";

    private static JsonElement Details(IReadOnlyList<RecipientReply> replies) =>
        JsonSerializer.SerializeToElement(
            new
            {
                recipients = replies.Select(one => new
                {
                    address = one.Recipient.Address,
                    accepted = one.IsAccepted,
                    status = one.Reply.Code,
                    answer = one.Reply.ToString(),
                }),
            }
        );
}
