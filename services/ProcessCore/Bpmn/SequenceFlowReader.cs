using System.Xml.Linq;
using Integration.ProcessCore.Definitions;
using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Bpmn;

/// <summary>
/// Sequence flows, in the order in which they stand in the file: that is the order in which Camunda 8 evaluates the conditions of a
/// gateway. In what order the gateway lists them does not count.
/// </summary>
internal static class SequenceFlowReader
{
    public static IReadOnlyList<SequenceFlow> Read(XElement process, ReadingContext context) =>
        [
            .. process
                .Elements(BpmnNames.Bpmn + "sequenceFlow")
                .Select(element => ReadOne(element, context))
                .OfType<SequenceFlow>(),
        ];

    private static SequenceFlow? ReadOne(XElement element, ReadingContext context)
    {
        ExtensionCheck.Run(element, context.Findings);
        if (
            element.Text("id") is { } id
            && element.Text("sourceRef") is { } source
            && element.Text("targetRef") is { } target
        )
            return new SequenceFlow(id, source, target, Condition(element, context));
        context.Findings.Refuse(element, "The sequence flow lacks its id, source or target.", "Draw it again.");
        return null;
    }

    private static FeelAttribute? Condition(XElement element, ReadingContext context)
    {
        if (element.Bpmn("conditionExpression") is not { } condition)
            return null;
        var value = context.Parse(element, "The condition", condition.Value.Trim());
        if (value is { Expression: null })
            context.Findings.Refuse(
                element,
                $"The condition \"{value.Text}\" is a text.",
                "Begin it with = to make it a FEEL expression."
            );
        // Refused already; without one the gateway would be refused as well.
        return value ?? FeelAttribute.Parse("");
    }
}
