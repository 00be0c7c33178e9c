using System.Xml;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Mapping;

/// <summary>The names of both envelopes.</summary>
internal static class SoapNames
{
    public const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    public static bool IsEnvelope(string ns) => ns is Soap11 or Soap12;

    public static bool IsBody(XmlReader reader) => reader.LocalName == "Body" && IsEnvelope(reader.NamespaceURI);

    public static SoapVersion VersionOf(string ns) => ns == Soap12 ? SoapVersion.Soap12 : SoapVersion.Soap11;
}
