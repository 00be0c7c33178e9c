using System.Formats.Asn1;

namespace Integration.Ldap.Protocol;

/// <summary>The tags of requests and answers on the wire (RFC 4511, 4.1.1 and following).</summary>
internal static class LdapTags
{
    public static readonly Asn1Tag BindRequest = Application(0);
    public static readonly Asn1Tag BindResponse = Application(1);
    public static readonly Asn1Tag UnbindRequest = new(TagClass.Application, 2);
    public static readonly Asn1Tag SearchRequest = Application(3);
    public static readonly Asn1Tag SearchEntry = Application(4);
    public static readonly Asn1Tag SearchDone = Application(5);
    public static readonly Asn1Tag ModifyRequest = Application(6);
    public static readonly Asn1Tag ModifyResponse = Application(7);
    public static readonly Asn1Tag AddRequest = Application(8);
    public static readonly Asn1Tag AddResponse = Application(9);
    public static readonly Asn1Tag DeleteRequest = new(TagClass.Application, 10);
    public static readonly Asn1Tag DeleteResponse = Application(11);
    public static readonly Asn1Tag RenameRequest = Application(12);
    public static readonly Asn1Tag RenameResponse = Application(13);
    public static readonly Asn1Tag CompareRequest = Application(14);
    public static readonly Asn1Tag CompareResponse = Application(15);
    public static readonly Asn1Tag SearchReference = Application(19);
    public static readonly Asn1Tag ExtendedRequest = Application(23);
    public static readonly Asn1Tag ExtendedResponse = Application(24);
    public static readonly Asn1Tag IntermediateResponse = Application(25);

    /// <summary>[n] of a value.</summary>
    public static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);

    /// <summary>[n] of a sequence or set.</summary>
    public static Asn1Tag ContextSet(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);

    private static Asn1Tag Application(int number) => new(TagClass.Application, number, isConstructed: true);
}
