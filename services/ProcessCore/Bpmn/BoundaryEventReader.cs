using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Boundary events: error, timer.</summary>
internal static class BoundaryEventReader
{
    public static FlowNode? Read(XElement element, ReadingContext context)
    {
        var (kind, definition) = EventDefinitions.Single(element, context);
        var interrupting = element.Text("cancelActivity") != "false";
        if (kind == "error" && !interrupting)
            return context.Refuse(element, "An error always ends its activity.", "Set cancelActivity to true.");
        if (kind is not ("error" or "timer"))
            return context.Refuse(
                element,
                $"Boundary events with a {kind} trigger are not supported.",
                "Use an error or a timer."
            );
        if (element.Text("attachedToRef") is not { } activity)
            return context.Refuse(element, "The boundary event is on no activity.", "Attach it to a task.");

        EventDefinition? trigger =
            kind == "error"
                ? Error(element, definition!, context)
                : EventDefinitionReader.Timer(element, definition!, context);
        return trigger is null
            ? null
            : new BoundaryEvent(
                element.Text("id")!,
                MappingReader.Outputs(element, context),
                activity,
                interrupting,
                trigger
            );
    }

    private static ErrorEventDefinition? Error(XElement element, XElement definition, ReadingContext context)
    {
        if (definition.Text("errorRef") is null)
            return new ErrorEventDefinition(Code: null);
        return EventDefinitionReader.ErrorCode(element, definition, context) is { } code
            ? new ErrorEventDefinition(code)
            : null;
    }
}
