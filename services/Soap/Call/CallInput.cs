using System.Text.Json;
using Integration.Http;
using Integration.Sdk;
using Integration.Soap.Faults;

namespace Integration.Soap.Call;

/// <summary>What to call and what to say.</summary>
/// <param name="Service">One of the services that are configured.</param>
/// <param name="Operation">One of the operations in its WSDL.</param>
/// <param name="Input">
/// The content of the message by its schema: the children of the wrapper element, or the parts. Binary content can be a file
/// reference, which is streamed.
/// </param>
/// <param name="Port">
/// A port of the WSDL. The default value is the one in the settings, otherwise the first that has the operation.
/// </param>
/// <param name="Headers">
/// SOAP headers that the WSDL declares, by name.
/// </param>
/// <param name="HttpHeaders">Further HTTP headers.</param>
/// <param name="Authentication">
/// How the HTTP request proves who it comes from. The default value is the profile in the settings of the service, or none.
/// </param>
/// <param name="UserNameToken">
/// A WS-Security user name token in the place of the one in the settings.
/// </param>
/// <param name="Errors">Faults that are business errors. The first that fits is raised.</param>
/// <param name="FileStore">
/// The file store that large binary content of the answer is saved to; it is a file reference then. Without one it has to fit into
/// the answer's limit.
/// </param>
/// <param name="Timeouts">In seconds; bounded by the service's settings.</param>
/// <param name="Retries">
/// How often to repeat the call inside this attempt, when that is safe. The default value and the bound are a setting of the
/// service.
/// </param>
/// <param name="IdempotencyHeader">
/// Name of an HTTP header that carries the task id. Set it only when the target honours it: the call is then repeated safely instead
/// of ending in doubt.
/// </param>
public sealed record CallInput(
    string Service,
    string Operation,
    JsonElement? Input = null,
    string? Port = null,
    [MayHoldSecrets] JsonElement? Headers = null,
    [MayHoldSecrets] IReadOnlyDictionary<string, string>? HttpHeaders = null,
    [MayHoldSecrets] Authentication? Authentication = null,
    [MayHoldSecrets] TaskToken? UserNameToken = null,
    IReadOnlyList<DeclaredFault>? Errors = null,
    string? FileStore = null,
    CallTimeouts? Timeouts = null,
    int? Retries = null,
    string? IdempotencyHeader = null
);
