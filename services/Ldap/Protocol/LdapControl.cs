using System.Formats.Asn1;

namespace Integration.Ldap.Protocol;

/// <summary>An extension of a request (RFC 4511, 4.1.11).</summary>
/// <param name="Oid">Which one.</param>
/// <param name="Critical">Whether a server that does not know it must refuse the request.</param>
/// <param name="Value">What goes with it, if anything.</param>
internal sealed record LdapControl(string Oid, bool Critical, byte[]? Value = null)
{
    /// <summary>Results in pages (RFC 2696).</summary>
    public const string PagedResultsOid = "1.2.840.113556.1.4.319";

    /// <summary>What stands in the way of a password (draft-behera-ldap-password-policy).</summary>
    public const string PasswordPolicyOid = "1.3.6.1.4.1.42.2.27.8.5.1";

    /// <summary>A value that is there already may be added, and one that is not may be removed (Active Directory, OpenLDAP).</summary>
    public static LdapControl PermissiveModify { get; } = new("1.2.840.113556.1.4.1413", Critical: true);

    /// <summary>Asks for what stands in the way of a password; servers that do not know it ignore it.</summary>
    public static LdapControl PasswordPolicy { get; } = new(PasswordPolicyOid, Critical: false);

    /// <summary>Asks for the next entries. A server without pages sends all of them.</summary>
    public static LdapControl PagedResults(int size, ReadOnlyMemory<byte> cookie)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(size);
            writer.WriteOctetString(cookie.Span);
        }

        return new LdapControl(PagedResultsOid, Critical: false, writer.Encode());
    }
}
