using Integration.Errors;

namespace Integration.Soap.Wsdl;

/// <summary>What a WSDL offers over SOAP. Ports of other kinds (HTTP GET and POST) are left out.</summary>
/// <param name="Location">Where it was read from.</param>
/// <param name="Ports">In the order of the document; at least one.</param>
public sealed record WsdlDescription(Uri Location, IReadOnlyList<WsdlPort> Ports)
{
    /// <summary>
    /// What is wrong with it and was passed over, a sentence each: it means nothing, or hinders only operations that are refused.
    /// </summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Of the notices, the first about a document that could not be read; null when all of them were.</summary>
    public string? Absent { get; init; }

    /// <summary>
    /// A port by its name. Without one: the first of the only service, which in a WSDL with a port for either version of
    /// SOAP is mostly the one for 1.1.
    /// </summary>
    /// <exception cref="DataErrorException">Code <c>unknown-port</c>: there is none, or it is not clear which.</exception>
    public WsdlPort Port(string? name = null)
    {
        if (name is not null)
        {
            return Ports.FirstOrDefault(port => port.Name == name)
                ?? throw WsdlErrors.UnknownPort(this, $"has no SOAP port '{name}'");
        }

        return Ports.Select(port => port.Service).Distinct().Count() == 1
            ? Ports[0]
            : throw WsdlErrors.UnknownPort(this, "has several services: name the port");
    }
}
