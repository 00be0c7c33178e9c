using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Start events: without a trigger, or by a message.</summary>
internal static class StartEventReader
{
    public static FlowNode? Read(XElement element, ReadingContext context)
    {
        var (kind, definition) = EventDefinitions.Single(element, context);
        if (kind is not ("none" or "message"))
            return context.Refuse(
                element,
                $"Start events with a {kind} trigger are not supported.",
                "Use a start event without a trigger or with a message."
            );
        var message = definition is null ? null : EventDefinitionReader.MessageName(element, definition, context).Name;
        return new StartEvent(element.Text("id")!, MappingReader.Outputs(element, context), message);
    }
}
