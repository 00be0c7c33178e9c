using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>A business rule task whose rules a service knows.</summary>
internal static class BusinessRuleTaskReader
{
    public static FlowNode? Read(XElement element, ReadingContext context) =>
        element.Zeebe("calledDecision") is null
            ? ServiceTaskReader.Read(element, context)
            : context.Refuse(
                element,
                "Decision tables are not supported (zeebe:calledDecision).",
                "Use an exclusive gateway with conditions, or a task definition."
            );
}
