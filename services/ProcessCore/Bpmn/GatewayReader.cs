using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Exclusive and parallel gateways.</summary>
internal static class GatewayReader
{
    public static FlowNode ReadExclusive(XElement element, ReadingContext context) =>
        new ExclusiveGateway(element.Text("id")!, element.Text("default"));

    public static FlowNode ReadParallel(XElement element, ReadingContext context) =>
        new ParallelGateway(element.Text("id")!);
}
