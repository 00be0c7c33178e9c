using System.Formats.Asn1;
using Integration.Ldap.Protocol;

namespace Integration.Ldap.Sessions;

/// <summary>How a page of a search ended.</summary>
/// <param name="Result">The server's answer; null when it was not awaited.</param>
/// <param name="Cookie">Leads to the next page, on the same connection; empty when there is none.</param>
/// <param name="References">Other servers that would know more.</param>
internal sealed record SearchPage(LdapResult? Result, ReadOnlyMemory<byte> Cookie, IReadOnlyList<string> References)
{
    /// <exception cref="AsnContentException">The server's extension is not what it should be.</exception>
    public static ReadOnlyMemory<byte> CookieOf(LdapResult result)
    {
        if (!result.Controls.TryGetValue(LdapControl.PagedResultsOid, out var value))
            return ReadOnlyMemory<byte>.Empty;
        var reader = new AsnReader(value, AsnEncodingRules.BER).ReadSequence();
        reader.ReadIntegerBytes();
        return reader.ReadOctetString();
    }
}
