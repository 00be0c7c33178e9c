using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Integration.Soap.Security;

/// <summary>Who we are, in the security header. Source: Web Services Security UsernameToken Profile 1.1, section 3.</summary>
/// <param name="UserName">As the server knows it.</param>
/// <param name="Password">A secret.</param>
/// <param name="Type">How it is proved.</param>
internal sealed record UserNameToken(string UserName, string Password, PasswordType Type)
{
    private const int NonceBytes = 16;

    /// <summary>Writes it for one message: a nonce is never used twice.</summary>
    public async Task WriteAsync(XmlWriter writer, DateTimeOffset now, bool isSigned)
    {
        await writer.WriteStartElementAsync("wsse", "UsernameToken", SecurityNames.Extension);
        if (isSigned)
            await writer.WriteAttributeStringAsync("wsu", "Id", SecurityNames.Utility, PartIds.UserName);
        await writer.WriteElementStringAsync("wsse", "Username", SecurityNames.Extension, UserName);
        if (Type == PasswordType.Text)
            await WritePasswordAsync(writer, SecurityNames.PasswordText, Password);
        else
            await WriteDigestAsync(writer, Instant.Text(now));
        await writer.WriteEndElementAsync();
    }

    /// <summary>Why a password cannot be sent, after its name; null when it can. A digest is made of any text.</summary>
    public static string? Problem(string password, PasswordType type) =>
        type == PasswordType.Text ? Mapping.XmlText.BadCharacter(password) : null;

    /// <summary>Without the password: a record would show all of its values.</summary>
    public override string ToString() => $"{nameof(UserNameToken)} {{ {nameof(UserName)} = {UserName} }}";

    [SuppressMessage("Security", "CA5350", Justification = "The profile knows SHA-1 only.")]
    internal static string Digest(byte[] nonce, string created, string password) =>
        Convert.ToBase64String(SHA1.HashData([.. nonce, .. Encoding.UTF8.GetBytes(created + password)]));

    private async Task WriteDigestAsync(XmlWriter writer, string created)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        await WritePasswordAsync(writer, SecurityNames.PasswordDigest, Digest(nonce, created, Password));
        await writer.WriteStartElementAsync("wsse", "Nonce", SecurityNames.Extension);
        await writer.WriteAttributeStringAsync(null, "EncodingType", null, SecurityNames.Base64);
        await writer.WriteStringAsync(Convert.ToBase64String(nonce));
        await writer.WriteEndElementAsync();
        await writer.WriteElementStringAsync("wsu", "Created", SecurityNames.Utility, created);
    }

    private static async Task WritePasswordAsync(XmlWriter writer, string type, string value)
    {
        await writer.WriteStartElementAsync("wsse", "Password", SecurityNames.Extension);
        await writer.WriteAttributeStringAsync(null, "Type", null, type);
        await writer.WriteStringAsync(value);
        await writer.WriteEndElementAsync();
    }
}
