using Integration.Soap.Wsdl;

namespace Integration.Soap.Envelope;

/// <summary>The namespaces of the two envelopes.</summary>
internal static class EnvelopeNames
{
    public const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    public static string Of(SoapVersion version) => version == SoapVersion.Soap11 ? Soap11 : Soap12;

    public static bool IsEnvelope(string name) => name is Soap11 or Soap12;
}
