using Integration.Http;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Call;

/// <summary>A call that only has to be sent.</summary>
/// <param name="Http">The request.</param>
/// <param name="Operation">Of the WSDL.</param>
/// <param name="MessageId">Of WS-Addressing; null without.</param>
internal sealed record PreparedCall(HttpCall Http, WsdlOperation Operation, string? MessageId);
