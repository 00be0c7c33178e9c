using System.Xml.Linq;

namespace Integration.ProcessCore.Bpmn;

/// <summary>What a process says of itself to this engine, in <c>zeebe:properties</c>.</summary>
internal static class ProcessSettings
{
    /// <summary>What its tasks are given that map no inputs: <c>mapped</c>, nothing, or <c>variables</c>, all of the instance.</summary>
    public const string TaskInputs = "taskInputs";

    /// <summary>The value of <see cref="TaskInputs"/> with which tasks are sent the variables of the instance.</summary>
    public const string Variables = "variables";

    private const string Mapped = "mapped";

    /// <summary>Whether tasks that map no inputs are sent the variables of the instance.</summary>
    /// <param name="process">The process.</param>
    /// <param name="usual">What counts where it does not say.</param>
    /// <param name="findings">Gets a value that is not known.</param>
    public static bool SendsVariables(XElement process, TaskInputs usual, Findings findings)
    {
        var value = process
            .Zeebe("properties")
            ?.Elements(BpmnNames.Zeebe + "property")
            .FirstOrDefault(property => property.Text("name") == TaskInputs)
            ?.Text("value");
        if (value is not (null or Mapped or Variables))
            findings.Refuse(process, $"The property {TaskInputs} is \"{value}\".", $"Write {Variables} or {Mapped}.");
        return value is null ? usual == ProcessCore.TaskInputs.Variables : value == Variables;
    }
}
