using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Soap.Faults;

/// <summary>A fault that the process wants to know about as a BPMN error. All that is said about it must fit.</summary>
/// <param name="Code">Code of the BPMN error, e.g. <c>UNKNOWN_CUSTOMER</c>.</param>
/// <param name="Message">One sentence for a person. The default value is the reason in the fault.</param>
/// <param name="Fault">
/// A fault by its name in the WSDL or by the element in its detail. An element that the WSDL does not declare is written with its
/// namespace: <c>{urn:orders}Locked</c>.
/// </param>
/// <param name="FaultCode">
/// The code of the fault or one of its subcodes: <c>Client.Locked</c>, or with its namespace <c>{urn:orders}Locked</c>.
/// </param>
/// <param name="When">What the detail must say.</param>
public sealed record DeclaredFault(
    string Code,
    string? Message = null,
    string? Fault = null,
    string? FaultCode = null,
    FaultCondition? When = null
);

/// <summary>What the detail of a fault must say. With neither <c>equals</c> nor <c>exists</c> the place must exist.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the detail, e.g. <c>/OrderFault/code</c>.</param>
/// <param name="EqualTo">On the wire <c>equals</c>: the value there, of any JSON type.</param>
/// <param name="Exists">Whether the place exists.</param>
public sealed record FaultCondition(
    string Pointer,
    [property: JsonPropertyName("equals"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        JsonElement EqualTo = default,
    bool? Exists = null
);
