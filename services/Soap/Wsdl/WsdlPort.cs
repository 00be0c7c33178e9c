using System.Xml;
using Integration.Errors;

namespace Integration.Soap.Wsdl;

/// <summary>A way to reach a service: an address, a version of SOAP, and the operations.</summary>
public sealed record WsdlPort
{
    /// <summary>The service that it belongs to; without a name where the WSDL has none, and each binding is a port.</summary>
    public required XmlQualifiedName Service { get; init; }

    /// <summary>Unique in the WSDL.</summary>
    public required string Name { get; init; }

    /// <summary>Where calls go unless a setting says otherwise; null when the WSDL gives no absolute address.</summary>
    public required Uri? Address { get; init; }

    /// <summary>The document that it stands in: the WSDL, or one that it imports.</summary>
    public required Uri Document { get; init; }

    /// <summary>The envelope.</summary>
    public required SoapVersion Version { get; init; }

    /// <summary>What the binding says about WS-Addressing.</summary>
    public required AddressingUse Addressing { get; init; }

    /// <summary>By name, those that are refused included.</summary>
    public required IReadOnlyDictionary<string, WsdlOperation> Operations { get; init; }

    /// <summary>An operation that can be called.</summary>
    /// <exception cref="DataErrorException">
    /// Codes <c>unknown-operation</c>, and <c>unsupported-operation</c> when it needs what is not supported.
    /// </exception>
    public WsdlOperation Operation(string name)
    {
        if (!Operations.TryGetValue(name, out var operation))
            throw WsdlErrors.UnknownOperation(this, name);
        return operation.Refusal is { } refusal ? throw WsdlErrors.Refused(this, operation, refusal) : operation;
    }
}
