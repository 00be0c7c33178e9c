using System.Formats.Asn1;
using System.Text;

namespace Integration.Ldap.Protocol;

/// <summary>The requests that this service sends (RFC 4511, chapter 4).</summary>
internal static class LdapRequests
{
    private const string StartTlsName = "1.3.6.1.4.1.1466.20037";

    /// <summary>Who we are. An empty name without password makes the connection anonymous again.</summary>
    public static LdapRequest Bind(string dn, byte[] password) =>
        new(
            LdapTags.BindResponse,
            writer =>
            {
                using (writer.PushSequence(LdapTags.BindRequest))
                {
                    writer.WriteInteger(3);
                    Text(writer, dn);
                    writer.WriteOctetString(password, LdapTags.Context(0));
                }
            }
        );

    /// <summary>TLS from here on.</summary>
    public static LdapRequest StartTls() =>
        new(
            LdapTags.ExtendedResponse,
            writer =>
            {
                using (writer.PushSequence(LdapTags.ExtendedRequest))
                    writer.WriteOctetString(Encoding.UTF8.GetBytes(StartTlsName), LdapTags.Context(0));
            }
        );

    /// <summary>The last word; there is no answer.</summary>
    public static LdapRequest Unbind() =>
        new(LdapTags.UnbindRequest, writer => writer.WriteNull(LdapTags.UnbindRequest));

    /// <summary>Entries. Aliases are not followed: they could lead out of where a task may look.</summary>
    public static LdapRequest Search(SearchQuery query, int secondsAtMost) =>
        new(
            LdapTags.SearchDone,
            writer =>
            {
                using (writer.PushSequence(LdapTags.SearchRequest))
                {
                    Text(writer, query.Base);
                    writer.WriteEnumeratedValue(query.Scope);
                    writer.WriteEnumeratedValue(AliasHandling.Never);
                    writer.WriteInteger(0);
                    writer.WriteInteger(secondsAtMost);
                    writer.WriteBoolean(value: false);
                    query.Filter.Write(writer);
                    using (writer.PushSequence())
                    {
                        foreach (var attribute in query.Attributes)
                            Text(writer, attribute);
                    }
                }
            }
        );

    public static LdapRequest Add(string dn, IReadOnlyList<LdapAttribute> attributes) =>
        new(
            LdapTags.AddResponse,
            writer =>
            {
                using (writer.PushSequence(LdapTags.AddRequest))
                {
                    Text(writer, dn);
                    using (writer.PushSequence())
                    {
                        foreach (var attribute in attributes)
                            Attribute(writer, attribute.Name, attribute.Values);
                    }
                }
            }
        )
        {
            Changes = true,
        };

    public static LdapRequest Modify(string dn, IReadOnlyList<LdapChange> changes) =>
        new(
            LdapTags.ModifyResponse,
            writer =>
            {
                using (writer.PushSequence(LdapTags.ModifyRequest))
                {
                    Text(writer, dn);
                    using (writer.PushSequence())
                    {
                        foreach (var change in changes)
                        {
                            using (writer.PushSequence())
                            {
                                writer.WriteEnumeratedValue(change.Kind);
                                Attribute(writer, change.Attribute, change.Values);
                            }
                        }
                    }
                }
            }
        )
        {
            Changes = true,
        };

    public static LdapRequest Delete(string dn) =>
        new(
            LdapTags.DeleteResponse,
            writer => writer.WriteOctetString(Encoding.UTF8.GetBytes(dn), LdapTags.DeleteRequest)
        )
        {
            Changes = true,
        };

    public static LdapRequest Rename(string dn, string newName, bool deleteOldName, string? newParent) =>
        new(
            LdapTags.RenameResponse,
            writer =>
            {
                using (writer.PushSequence(LdapTags.RenameRequest))
                {
                    Text(writer, dn);
                    Text(writer, newName);
                    writer.WriteBoolean(deleteOldName);
                    if (newParent is not null)
                        writer.WriteOctetString(Encoding.UTF8.GetBytes(newParent), LdapTags.Context(0));
                }
            }
        )
        {
            Changes = true,
        };

    /// <summary>Whether an attribute has a value, by the attribute's own rule of what is equal.</summary>
    public static LdapRequest Compare(string dn, string attribute, ReadOnlyMemory<byte> value) =>
        new(
            LdapTags.CompareResponse,
            writer =>
            {
                using (writer.PushSequence(LdapTags.CompareRequest))
                {
                    Text(writer, dn);
                    using (writer.PushSequence())
                    {
                        Text(writer, attribute);
                        writer.WriteOctetString(value.Span);
                    }
                }
            }
        );

    private static void Attribute(AsnWriter writer, string name, IReadOnlyList<ReadOnlyMemory<byte>> values)
    {
        using (writer.PushSequence())
        {
            Text(writer, name);
            using (writer.PushSetOf())
            {
                foreach (var value in values)
                    writer.WriteOctetString(value.Span);
            }
        }
    }

    private static void Text(AsnWriter writer, string text) => writer.WriteOctetString(Encoding.UTF8.GetBytes(text));

    private enum AliasHandling
    {
        Never = 0,
    }
}
