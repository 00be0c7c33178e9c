using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Intermediate catch events: timer, message.</summary>
internal static class CatchEventReader
{
    public static FlowNode? Read(XElement element, ReadingContext context)
    {
        var (kind, definition) = EventDefinitions.Single(element, context);
        return kind switch
        {
            "timer" => Timer(element, definition!, context),
            "message" => MessageCatchReader.Read(element, definition!, context),
            _ => context.Refuse(
                element,
                $"Intermediate catch events with a {kind} trigger are not supported.",
                "Use a timer or a message."
            ),
        };
    }

    private static TimerCatchEvent? Timer(XElement element, XElement definition, ReadingContext context) =>
        EventDefinitionReader.Timer(element, definition, context) is { } timer
            ? new TimerCatchEvent(element.Text("id")!, MappingReader.Outputs(element, context), timer)
            : null;
}
