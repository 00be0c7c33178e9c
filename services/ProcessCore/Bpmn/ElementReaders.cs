using System.Collections.Frozen;
using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Which reader an element of a process has; what has none is drawing, or refused.</summary>
internal static class ElementReaders
{
    private static readonly FrozenDictionary<string, Func<XElement, ReadingContext, FlowNode?>> _readers =
        new Dictionary<string, Func<XElement, ReadingContext, FlowNode?>>(StringComparer.Ordinal)
        {
            ["startEvent"] = StartEventReader.Read,
            ["endEvent"] = EndEventReader.Read,
            ["serviceTask"] = ServiceTaskReader.Read,
            ["sendTask"] = ServiceTaskReader.Read,
            ["businessRuleTask"] = BusinessRuleTaskReader.Read,
            ["scriptTask"] = ScriptTaskReader.Read,
            ["manualTask"] = PassThroughReader.Read,
            ["task"] = PassThroughReader.Read,
            ["receiveTask"] = MessageCatchReader.ReadTask,
            ["intermediateThrowEvent"] = ThrowEventReader.Read,
            ["intermediateCatchEvent"] = CatchEventReader.Read,
            ["boundaryEvent"] = BoundaryEventReader.Read,
            ["exclusiveGateway"] = GatewayReader.ReadExclusive,
            ["parallelGateway"] = GatewayReader.ReadParallel,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    // Flows are read on their own; the others say something to people and nothing to an engine.
    private static readonly FrozenSet<string> _passedOver = FrozenSet.Create(
        StringComparer.Ordinal,
        "sequenceFlow",
        "documentation",
        "extensionElements",
        "textAnnotation",
        "association",
        "group",
        "laneSet",
        "category",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference"
    );

    private static readonly FrozenDictionary<string, string> _waysOut = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["subProcess"] = "Draw its elements into the process itself, or make it a process of its own.",
        ["adHocSubProcess"] = "Draw its elements into the process itself.",
        ["transaction"] = "Draw its elements into the process itself.",
        ["callActivity"] = "Start the other process by a message or by a service task.",
        ["userTask"] = "Ask the person by another system and wait for its message in a receive task.",
        ["inclusiveGateway"] = "Combine a parallel gateway with exclusive ones.",
        ["complexGateway"] = "Combine parallel and exclusive gateways.",
        ["eventBasedGateway"] = "Use a receive task with a timer boundary event.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FlowNode? Read(XElement element, ReadingContext context)
    {
        if (element.Name.Namespace != BpmnNames.Bpmn)
            return null;
        var name = element.Name.LocalName;
        if (ActivityCheck.Descriptions.Contains(name))
        {
            ActivityCheck.Describe(element, context.Findings);
            return null;
        }
        if (_passedOver.Contains(name))
            return Drawing(element, context);
        if (element.Text("id") is not { } id)
            return context.Refuse(element, $"{element.Tag()} has no id.", "Give it one.");
        return ReadKnown(element, context) ?? new UnreadNode(id);
    }

    private static FlowNode? ReadKnown(XElement element, ReadingContext context)
    {
        var name = element.Name.LocalName;
        if (!_readers.TryGetValue(name, out var read))
            return context.Refuse(
                element,
                $"{element.Tag()} is not supported.",
                _waysOut.GetValueOrDefault(name, "Remove it.")
            );
        ActivityCheck.Run(element, context);
        ExtensionCheck.Run(element, context.Findings);
        return read(element, context);
    }

    private static FlowNode? Drawing(XElement element, ReadingContext context)
    {
        if (element.Name.LocalName.StartsWith("data", StringComparison.Ordinal))
            context.Findings.Note(element, "Data objects are only drawn; variables carry the data.");
        return null;
    }
}
