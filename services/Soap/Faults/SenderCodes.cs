using System.Xml;

namespace Integration.Soap.Faults;

/// <summary>Codes of frameworks by which a message is refused before anything is done: those of WCF's dispatcher and of WS-Addressing.</summary>
internal static class SenderCodes
{
    private static readonly string[] _names =
    [
        "DeserializationFailed",
        "ActionNotSupported",
        "ActionMismatch",
        "DestinationUnreachable",
        "InvalidAddressingHeader",
        "InvalidMessageInformationHeader",
        "MessageAddressingHeaderRequired",
        "MessageInformationHeaderRequired",
    ];

    public static bool Are(XmlQualifiedName code) => code.Name is "Client" or "Sender" || _names.Contains(code.Name);
}
