using Integration.Contracts;
using Integration.Errors;
using Integration.Soap.Mapping;

namespace Integration.Soap.Wsdl;

/// <summary>The errors of a WSDL and of what is asked of it. Nothing was sent.</summary>
[Raises(
    ErrorCategory.Data,
    "wsdl-unusable",
    "The WSDL, or a document that it refers to, cannot be used; the message says which and why.",
    "Correct the document or the setting that names it, then retry."
)]
[Raises(
    ErrorCategory.Data,
    "unknown-port",
    "The WSDL has no such SOAP port, or several services and none was named.",
    "Name one of the ports that the message lists."
)]
[Raises(
    ErrorCategory.Data,
    "unknown-operation",
    "The port has no such operation.",
    "Name one of the operations that the message lists."
)]
[Raises(
    ErrorCategory.Data,
    "unsupported-operation",
    "The operation needs something that is not supported, such as rpc/encoded or MTOM; the message names it.",
    "Use another port or operation of the service, or ask its owner for a document/literal one."
)]
public static class WsdlErrors
{
    private const int MaxNames = 20;

    /// <summary>A document that cannot be used.</summary>
    /// <param name="document">Which.</param>
    /// <param name="problem">Goes on after the document; a sentence.</param>
    /// <param name="cause">What found out.</param>
    public static DataErrorException Unusable(Uri document, string problem, Exception? cause = null) =>
        new("wsdl-unusable", $"{document} {problem}", cause);

    /// <summary>A document that the last reading had.</summary>
    internal static DataErrorException Incomplete(Uri document, string absent) =>
        Unusable(document, $"lacks a document that it had when it was read last: {absent}");

    /// <summary>A document over the limit.</summary>
    internal static DataErrorException TooLarge(Uri document, long limit) =>
        Unusable(
            document,
            $"is larger than {limit} bytes. Raise Soap__MaxWsdlBytes, or keep what is needed of it in a file and name that."
        );

    internal static DataErrorException UnknownPort(WsdlDescription wsdl, string problem) =>
        new(
            "unknown-port",
            $"{wsdl.Location} {problem}. SOAP ports are: {Some(wsdl.Ports.Select(port => port.Name))}."
        );

    internal static DataErrorException UnknownOperation(WsdlPort port, string name)
    {
        var near = NearestName.Of(name, port.Operations.Keys);
        var hint = near is null ? "" : $" Did you mean '{near}'?";
        return new DataErrorException(
            "unknown-operation",
            $"The port '{port.Name}' has no operation '{name}'.{hint} Operations are: {Some(port.Operations.Keys)}."
        )
        {
            Status = -1,
        };
    }

    internal static DataErrorException Refused(WsdlPort port, WsdlOperation operation, string refusal) =>
        new("unsupported-operation", $"The operation '{operation.Name}' of the port '{port.Name}': {refusal}")
        {
            Status = -1,
        };

    private static string Some(IEnumerable<string> names)
    {
        var all = names.ToList();
        var more = all.Count > MaxNames ? $" and {all.Count - MaxNames} more" : "";
        return string.Join(", ", all.Take(MaxNames)) + more;
    }
}
