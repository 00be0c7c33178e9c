using System.Xml;
using Integration.Soap.Schemas;

namespace Integration.Soap.Mapping;

/// <summary>A message as its binding makes it.</summary>
/// <param name="Body">The one element of the body; null for an empty body.</param>
/// <param name="IsRpc">Whether that element wraps the parts of an rpc message, so that its name means nothing.</param>
/// <param name="Headers">The declared headers.</param>
internal sealed record MessageShape(ElementShape? Body, bool IsRpc, IReadOnlyList<ElementShape> Headers);

/// <summary>The messages of an operation.</summary>
/// <param name="Input">What is sent.</param>
/// <param name="Output">What is answered; null for nothing.</param>
/// <param name="Faults">The declared faults: their names, by the element in the detail.</param>
internal sealed record OperationShape(
    MessageShape Input,
    MessageShape? Output,
    IReadOnlyDictionary<XmlQualifiedName, IReadOnlyList<string>> Faults
);
