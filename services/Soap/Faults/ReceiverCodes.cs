using System.Xml;
using Integration.Soap.Envelope;

namespace Integration.Soap.Faults;

/// <summary>
/// Codes by which a service says that it failed, in whatever namespace: <c>Server</c> and <c>Receiver</c> of the envelopes, and those
/// that frameworks and products have in their place. They do not say what was done before the failure.
/// </summary>
internal static class ReceiverCodes
{
    // WCF's InternalServiceFault, Exchange's ErrorInternalServerError, Amazon's InternalError, WS-Addressing's EndpointUnavailable,
    // SERVER_UNAVAILABLE and UNKNOWN_EXCEPTION of Salesforce, and what is written like them.
    private static readonly string[] _parts =
    [
        "INTERNAL",
        "UNAVAILABLE",
        "SERVERBUSY",
        "SERVERERROR",
        "TIMEOUT",
        "TIMEDOUT",
        "UNKNOWNEXCEPTION",
        "UNKNOWNERROR",
        "UNEXPECTEDERROR",
        "UNEXPECTEDEXCEPTION",
        "UNHANDLED",
        "SESSIONTERMINATED",
        "TRANSACTIONABORTED",
    ];

    public static bool Are(XmlQualifiedName code)
    {
        // Without what an undeclared prefix leaves of it, and without what is more specific (4.4.1 of SOAP 1.1).
        var first = FaultNames.Local(code).Split('.')[0];
        if (first is "Server" or "Receiver")
            return true;
        if (EnvelopeNames.IsEnvelope(code.Namespace) || first is "Client" or "Sender")
            return false;
        var letters = string.Concat(code.Name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return Array.Exists(_parts, part => letters.Contains(part, StringComparison.Ordinal));
    }
}
