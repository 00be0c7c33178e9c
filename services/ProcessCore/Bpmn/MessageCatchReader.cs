using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Receive tasks and intermediate message catch events.</summary>
internal static class MessageCatchReader
{
    public static FlowNode? ReadTask(XElement element, ReadingContext context) => Read(element, element, context);

    /// <param name="element">The task or event.</param>
    /// <param name="holder">What refers to the message.</param>
    /// <param name="context">Of the reading.</param>
    public static FlowNode? Read(XElement element, XElement holder, ReadingContext context) =>
        EventDefinitionReader.Message(element, holder, context) is { } message
            ? new MessageCatch(element.Text("id")!, MappingReader.Outputs(element, context), message)
            : null;
}
