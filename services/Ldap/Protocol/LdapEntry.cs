namespace Integration.Ldap.Protocol;

/// <summary>An entry of the directory as it came.</summary>
/// <param name="Dn">Its distinguished name.</param>
/// <param name="Attributes">Those that were asked for and that we may see, in the server's order.</param>
internal sealed record LdapEntry(string Dn, IReadOnlyList<LdapAttribute> Attributes);

/// <summary>An attribute with its values.</summary>
/// <param name="Name">With its options, e.g. <c>userCertificate;binary</c>.</param>
/// <param name="Values">As bytes; what they mean is known to the schema.</param>
internal sealed record LdapAttribute(string Name, IReadOnlyList<ReadOnlyMemory<byte>> Values);
