using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>A script task: a FEEL expression that the engine computes, or the work of a service.</summary>
internal static class ScriptTaskReader
{
    public static FlowNode? Read(XElement element, ReadingContext context)
    {
        if (element.Zeebe("script") is not { } script)
            return element.Zeebe("taskDefinition") is not null
                ? ServiceTaskReader.Read(element, context)
                : context.Refuse(
                    element,
                    "The script task has no FEEL expression.",
                    "Write one with a result variable, or give it a task definition."
                );
        if (element.Zeebe("taskDefinition") is not null)
            return context.Refuse(element, "The script task has an expression and a task definition.", "Keep one.");
        if (script.Text("resultVariable") is not { } variable || variable.Contains('.', StringComparison.Ordinal))
            return context.Refuse(
                element,
                "The script task has no variable for its result.",
                "Set resultVariable to a name without dots."
            );
        return context.Parse(element, "The script", script.Attribute("expression")?.Value) is { } expression
            ? new ScriptTask(
                element.Text("id")!,
                MappingReader.Outputs(element, context, takesInputs: true),
                MappingReader.Inputs(element, context),
                expression,
                variable
            )
            : null;
    }
}
