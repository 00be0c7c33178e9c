namespace Integration.Ldap.Protocol;

/// <summary>A change of one attribute.</summary>
/// <param name="Kind">What is done with the values.</param>
/// <param name="Attribute">Its name.</param>
/// <param name="Values">None with delete or replace: the whole attribute goes.</param>
internal sealed record LdapChange(ChangeKind Kind, string Attribute, IReadOnlyList<ReadOnlyMemory<byte>> Values);

/// <summary>What is done with values (RFC 4511, 4.6; RFC 4525).</summary>
internal enum ChangeKind
{
    Add = 0,
    Delete = 1,
    Replace = 2,
    Increment = 3,
}
