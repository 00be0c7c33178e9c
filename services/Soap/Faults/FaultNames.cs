using System.Xml;
using Integration.Soap.Envelope;

namespace Integration.Soap.Faults;

/// <summary>Codes of faults and names of details as a process designer writes them.</summary>
internal static class FaultNames
{
    /// <summary>Of the envelope or of no namespace: the name alone; all others with their namespace, as <c>{urn:orders}Locked</c>.</summary>
    public static string Text(XmlQualifiedName name) =>
        name.Namespace.Length == 0 || EnvelopeNames.IsEnvelope(name.Namespace)
            ? name.Name
            : $"{{{name.Namespace}}}{name.Name}";

    /// <summary>Whether a written text means the name: with or without its namespace.</summary>
    public static bool Is(string text, XmlQualifiedName name) =>
        text == name.Name || text == $"{{{name.Namespace}}}{name.Name}";

    /// <summary>The name alone, also of one whose prefix is not declared.</summary>
    public static string Local(XmlQualifiedName name) => name.Name[(name.Name.LastIndexOf(':') + 1)..];
}
