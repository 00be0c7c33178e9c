using System.Formats.Asn1;
using System.Text;

namespace Integration.Ldap.Protocol;

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Answer">The tag of the answer that ends it.</param>
/// <param name="Write">Writes the request itself.</param>
internal sealed record LdapRequest(Asn1Tag Answer, Action<AsnWriter> Write)
{
    /// <summary>Whether it changes the directory. The default value is false.</summary>
    public bool Changes { get; init; }

    public IReadOnlyList<LdapControl> Controls { get; init; } = [];

    /// <summary>The whole message, with the number that its answers will have.</summary>
    public byte[] Encode(int id)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            Write(writer);
            if (Controls.Count > 0)
                WriteControls(writer);
        }

        return writer.Encode();
    }

    private void WriteControls(AsnWriter writer)
    {
        using (writer.PushSequence(LdapTags.ContextSet(0)))
        {
            foreach (var control in Controls)
            {
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(Encoding.UTF8.GetBytes(control.Oid));
                    if (control.Critical)
                        writer.WriteBoolean(value: true);
                    if (control.Value is { } value)
                        writer.WriteOctetString(value);
                }
            }
        }
    }
}
