using System.Xml;

namespace Integration.Soap.Security;

/// <summary>The header <c>wsse:Security</c> of our messages.</summary>
/// <param name="User">Who we are; null for no user.</param>
/// <param name="Lifetime">How long a message is good for; null for no timestamp.</param>
/// <param name="Signature">What signs the message; null for no signature.</param>
/// <param name="MustUnderstand">Whether a server that does not know the header has to refuse the message.</param>
internal sealed record SecurityHeader(
    UserNameToken? User,
    TimeSpan? Lifetime,
    MessageSignature? Signature,
    bool MustUnderstand
)
{
    /// <summary>Writes it for one message; the signature is put in later, when there is something to sign.</summary>
    public async Task WriteAsync(XmlWriter writer, string envelope, DateTimeOffset now)
    {
        await writer.WriteStartElementAsync("wsse", "Security", SecurityNames.Extension);
        if (MustUnderstand)
            await writer.WriteAttributeStringAsync("soap", "mustUnderstand", envelope, "1");
        if (Signature is not null)
            await Signature.WriteTokenAsync(writer);
        if (Lifetime is { } lifetime)
            await WriteTimestampAsync(writer, now, lifetime);
        if (User is not null)
            await User.WriteAsync(writer, now, Signs(SignedParts.UserName));
        await writer.WriteEndElementAsync();
    }

    /// <summary>Whether a part of the message needs an Id, as it is signed.</summary>
    public bool Signs(SignedParts part) => Signature?.Parts.HasFlag(part) == true;

    private async Task WriteTimestampAsync(XmlWriter writer, DateTimeOffset now, TimeSpan lifetime)
    {
        await writer.WriteStartElementAsync("wsu", "Timestamp", SecurityNames.Utility);
        if (Signs(SignedParts.Timestamp))
            await writer.WriteAttributeStringAsync("wsu", "Id", SecurityNames.Utility, PartIds.Timestamp);
        await writer.WriteElementStringAsync("wsu", "Created", SecurityNames.Utility, Instant.Text(now));
        await writer.WriteElementStringAsync("wsu", "Expires", SecurityNames.Utility, Instant.Text(now + lifetime));
        await writer.WriteEndElementAsync();
    }
}
