using System.Text.Json.Nodes;
using System.Xml;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Mapping;

/// <summary>A fault as it came, of either version.</summary>
public sealed record SoapFault
{
    /// <summary>Of the envelope that it came in.</summary>
    public required SoapVersion Version { get; init; }

    /// <summary>E.g. <c>Client</c> (1.1) or <c>Sender</c> (1.2) in the envelope's namespace, or one of the service's own.</summary>
    public required XmlQualifiedName Code { get; init; }

    /// <summary>From the outermost to the innermost; none in SOAP 1.1.</summary>
    public IReadOnlyList<XmlQualifiedName> Subcodes { get; init; } = [];

    /// <summary>For people; the English one if there are several. Empty when there is none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who raised it: <c>faultactor</c> or <c>Role</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>The SOAP node that raised it, in SOAP 1.2.</summary>
    public string? Node { get; init; }

    /// <summary>The elements of the detail.</summary>
    public IReadOnlyList<SoapFaultDetail> Details { get; init; } = [];
}

/// <summary>One element of a fault's detail.</summary>
/// <param name="Element">Its name.</param>
/// <param name="Faults">The names of the faults that declare it in the WSDL, mostly one; empty when none does.</param>
/// <param name="Content">
/// By the schema where it knows the element, otherwise by shape alone: elements and attributes as properties, repeated ones
/// as lists.
/// </param>
public sealed record SoapFaultDetail(XmlQualifiedName Element, IReadOnlyList<string> Faults, JsonNode? Content);
