namespace Integration.Soap.Security;

/// <summary>The <c>wsu:Id</c> of what is signed.</summary>
internal static class PartIds
{
    public const string Body = "body";
    public const string Timestamp = "timestamp";
    public const string UserName = "user-name";
    public const string Certificate = "certificate";
    public const string MessageId = "message-id";
    public const string Action = "action";
    public const string To = "to";
    public const string ReplyTo = "reply-to";

    /// <summary>Those of the parts, in the order of the message.</summary>
    public static IEnumerable<string> Of(SignedParts parts)
    {
        if (parts.HasFlag(SignedParts.Addressing))
        {
            foreach (var id in new[] { MessageId, To, Action, ReplyTo })
                yield return id;
        }

        if (parts.HasFlag(SignedParts.Timestamp))
            yield return Timestamp;
        if (parts.HasFlag(SignedParts.UserName))
            yield return UserName;
        if (parts.HasFlag(SignedParts.Body))
            yield return Body;
    }
}
