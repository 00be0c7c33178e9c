using System.Text.Json;

namespace Integration.Soap.Call;

/// <summary>The answer.</summary>
/// <param name="Status">Of HTTP, e.g. 200; 202 for an operation without an answer.</param>
/// <param name="Result">The content of the answer by its schema; absent when there is none.</param>
/// <param name="Headers">
/// SOAP headers of the answer, by name; those that the WSDL does not know as XML under <c>{namespace}name</c>. One that is there
/// several times is a list. Those of WS-Security and WS-Addressing are left out.
/// </param>
public sealed record CallOutput(int Status, JsonElement? Result = null, JsonElement? Headers = null);
