using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>End events: none, error, terminate.</summary>
internal static class EndEventReader
{
    public static FlowNode? Read(XElement element, ReadingContext context)
    {
        var id = element.Text("id")!;
        var (kind, definition) = EventDefinitions.Single(element, context);
        if (kind == "message")
            return ServiceTaskReader.Read(element, context, TaskShape.EndEvent);
        ServiceTaskReader.NoteLeftovers(element, context);
        var outputs = MappingReader.Outputs(element, context);
        return kind switch
        {
            "none" => new EndEvent(id, outputs, EndKind.None),
            "terminate" => new EndEvent(id, outputs, EndKind.Terminate),
            "error" => Error(element, definition!, outputs, context),
            _ => context.Refuse(
                element,
                $"End events with a {kind} trigger are not supported.",
                "Use a service task in front of an end event without one."
            ),
        };
    }

    private static FlowNode? Error(
        XElement element,
        XElement definition,
        IReadOnlyList<Mapping> outputs,
        ReadingContext context
    )
    {
        if (definition.Text("errorRef") is null)
            return context.Refuse(element, "The error end event refers to no error.", "Choose one with a code.");
        var code = EventDefinitionReader.ErrorCode(element, definition, context);
        return new EndEvent(element.Text("id")!, outputs, EndKind.Error, code);
    }
}
