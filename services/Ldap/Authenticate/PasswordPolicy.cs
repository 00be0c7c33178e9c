using System.Formats.Asn1;
using Integration.Ldap.Protocol;

namespace Integration.Ldap.Authenticate;

/// <summary>What a directory says about a password beside yes or no (draft-behera-ldap-password-policy, 6.2).</summary>
/// <param name="Error">Number of what stands in the way; null for nothing.</param>
/// <param name="ExpiresInSeconds">How long the password is good, when there is a warning.</param>
internal sealed record PasswordPolicy(int? Error, long? ExpiresInSeconds)
{
    private const int ChangeAfterReset = 2;

    public bool MustChange => Error == ChangeAfterReset;

    /// <exception cref="AsnContentException">The server's extension is not what it should be.</exception>
    public static PasswordPolicy Of(LdapResult result)
    {
        if (!result.Controls.TryGetValue(LdapControl.PasswordPolicyOid, out var value) || value.IsEmpty)
            return new PasswordPolicy(null, null);
        var reader = new AsnReader(value, AsnEncodingRules.BER).ReadSequence();
        long? expires = null;
        int? error = null;
        while (reader.HasData)
        {
            var tag = reader.PeekTag();
            if (tag == LdapTags.ContextSet(0))
                expires = Warning(reader.ReadSequence(tag));
            else if (tag == LdapTags.Context(1))
                error = reader.ReadEnumeratedBytes(tag).Span[^1];
            else
                reader.ReadEncodedValue();
        }

        return new PasswordPolicy(error, expires);
    }

    // [0] seconds before it expires, or [1] logins that are left after it has.
    private static long? Warning(AsnReader reader) =>
        reader.HasData
        && reader.PeekTag() == LdapTags.Context(0)
        && reader.TryReadInt64(out var seconds, LdapTags.Context(0))
            ? seconds
            : null;
}
