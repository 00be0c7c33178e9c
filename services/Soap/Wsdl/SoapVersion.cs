namespace Integration.Soap.Wsdl;

/// <summary>Which envelope a port speaks.</summary>
public enum SoapVersion
{
    /// <summary>SOAP 1.1: <c>text/xml</c>, the action in a header of its own.</summary>
    Soap11,

    /// <summary>SOAP 1.2: <c>application/soap+xml</c> with the action as its parameter.</summary>
    Soap12,
}
