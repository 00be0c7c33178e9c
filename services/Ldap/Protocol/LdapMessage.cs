using System.Formats.Asn1;
using System.Text;

namespace Integration.Ldap.Protocol;

/// <summary>What a server says, taken apart (RFC 4511, 4.1.1). Everything in it is foreign until it was read.</summary>
/// <param name="Id">Of the request that it answers; 0 when the server speaks on its own.</param>
/// <param name="Tag">Which kind of answer.</param>
/// <param name="Body">The answer, tag included.</param>
/// <param name="Controls">Extensions by their object identifier.</param>
internal sealed record LdapMessage(
    int Id,
    Asn1Tag Tag,
    ReadOnlyMemory<byte> Body,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Controls
)
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);
    private static readonly Dictionary<string, ReadOnlyMemory<byte>> _none = [];

    /// <exception cref="AsnContentException">It is no LDAP.</exception>
    public static LdapMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var outer = new AsnReader(bytes, AsnEncodingRules.BER);
        var message = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (!message.TryReadInt32(out var id) || id < 0)
            throw new AsnContentException("The number of a message is out of range.");
        var tag = message.PeekTag();
        var body = message.ReadEncodedValue();
        return new LdapMessage(id, tag, body, message.HasData ? ReadControls(message) : _none);
    }

    /// <summary>An answer that ends a request.</summary>
    /// <exception cref="AsnContentException">It is another one.</exception>
    public LdapResult Result(Asn1Tag expected)
    {
        var reader = Open(expected);
        var code = Number(reader.ReadEnumeratedBytes().Span);
        var matched = Words(reader);
        var message = Words(reader);
        var referrals = new List<string>();
        if (reader.HasData && reader.PeekTag() == LdapTags.ContextSet(3))
        {
            var list = reader.ReadSequence(LdapTags.ContextSet(3));
            while (list.HasData)
                referrals.Add(Words(list));
        }

        return new LdapResult((ResultCode)code, matched, message, referrals) { Controls = Controls };
    }

    /// <summary>An entry that was found.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public LdapEntry Entry()
    {
        var reader = Open(LdapTags.SearchEntry);
        var dn = Text(reader);
        var attributes = new List<LdapAttribute>();
        var list = reader.ReadSequence();
        while (list.HasData)
        {
            var attribute = list.ReadSequence();
            var name = Text(attribute);
            var values = new List<ReadOnlyMemory<byte>>();
            var set = attribute.ReadSetOf();
            while (set.HasData)
                values.Add(set.ReadOctetString());
            attributes.Add(new LdapAttribute(name, values));
        }

        return new LdapEntry(dn, attributes);
    }

    /// <summary>Servers that would know more.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public IReadOnlyList<string> References()
    {
        var reader = Open(LdapTags.SearchReference);
        var addresses = new List<string>();
        while (reader.HasData)
            addresses.Add(Text(reader));
        return addresses;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadControls(AsnReader message)
    {
        var controls = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var list = message.ReadSequence(LdapTags.ContextSet(0));
        while (list.HasData)
        {
            var control = list.ReadSequence();
            var oid = Text(control);
            if (control.HasData && control.PeekTag() == Asn1Tag.Boolean)
                control.ReadBoolean();
            controls[oid] = control.HasData ? control.ReadOctetString() : ReadOnlyMemory<byte>.Empty;
        }

        return controls;
    }

    private AsnReader Open(Asn1Tag expected) =>
        Tag == expected
            ? new AsnReader(Body, AsnEncodingRules.BER).ReadSequence(expected)
            : throw new AsnContentException($"{Tag} came in the place of {expected}.");

    private static int Number(ReadOnlySpan<byte> bytes) =>
        bytes.Length switch
        {
            1 => bytes[0],
            2 => bytes[0] << 8 | bytes[1],
            _ => throw new AsnContentException("A result code is out of range."),
        };

    // For people: old servers write Latin-1, and the result is known whatever they write beside it.
    private static string Words(AsnReader reader) => Encoding.UTF8.GetString(reader.ReadOctetString());

    private static string Text(AsnReader reader)
    {
        try
        {
            return _strict.GetString(reader.ReadOctetString());
        }
        catch (DecoderFallbackException e)
        {
            throw new AsnContentException("A text is no UTF-8.", e);
        }
    }
}
