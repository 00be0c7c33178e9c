using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Intermediate throw events: none, and message, which a service sends.</summary>
internal static class ThrowEventReader
{
    public static FlowNode? Read(XElement element, ReadingContext context)
    {
        var (kind, _) = EventDefinitions.Single(element, context);
        switch (kind)
        {
            case "message":
                return ServiceTaskReader.Read(element, context, TaskShape.ThrowEvent);
            case "none":
                ServiceTaskReader.NoteLeftovers(element, context);
                return PassThroughReader.Read(element, context);
            default:
                return context.Refuse(
                    element,
                    $"Intermediate throw events with a {kind} trigger are not supported.",
                    "Use a service task whose operation sends it."
                );
        }
    }
}
