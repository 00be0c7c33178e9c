using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>
/// Reads BPMN 2.0 XML as Camunda Modeler 5 writes it for Camunda 8. What it does not know it refuses: a part of a
/// process that was passed over would be found missing only when the process has done the wrong thing.
/// </summary>
internal static class BpmnReader
{
    /// <summary>The default value of the largest file, in characters.</summary>
    public const int DefaultLimit = 2 * 1024 * 1024;

    private const int LongestId = 200;

    /// <summary>Reads a file.</summary>
    /// <param name="xml">Its text.</param>
    /// <param name="limit">Its largest length in characters.</param>
    /// <param name="inputs">For processes that do not say what tasks without mappings are sent.</param>
    public static BpmnReading Read(string xml, int limit = DefaultLimit, TaskInputs inputs = TaskInputs.Mapped) =>
        Read(xml, limit, inputs, new Findings());

    /// <summary>Reads a file that was deployed before.</summary>
    public static BpmnReading ReadStored(string xml, TaskInputs inputs = TaskInputs.Mapped) =>
        Read(xml, int.MaxValue, inputs, new Findings(isStored: true));

    private static BpmnReading Read(string xml, int limit, TaskInputs inputs, Findings findings)
    {
        var file = BpmnFile.Load(xml, limit, findings);
        var models = file is null ? [] : ReadAll(file, inputs, findings);
        return new BpmnReading(findings.Problems.Count == 0 ? models : [], findings.Problems, findings.Notices);
    }

    private static List<ProcessModel> ReadAll(XElement file, TaskInputs inputs, Findings findings)
    {
        var executable = file.Elements(BpmnNames.Bpmn + "process")
            .Where(process => process.Text("isExecutable") is "true" or "1")
            .ToList();
        if (executable.Count == 0)
            findings.Refuse(
                "file",
                "There is no executable process.",
                "Set \"Executable\" on the process that shall be run."
            );
        IdentityCheck.Run(file, findings);
        return executable.ConvertAll(process => ReadProcess(file, process, inputs, findings));
    }

    private static ProcessModel ReadProcess(XElement file, XElement process, TaskInputs inputs, Findings findings)
    {
        var context = new ReadingContext(file, findings)
        {
            SendsVariables = ProcessSettings.SendsVariables(process, inputs, findings),
        };
        if (process.Text("id") is not { Length: <= LongestId })
            findings.Refuse(
                process,
                "The process has no id, or a very long one.",
                $"Use up to {LongestId} characters."
            );
        ExtensionCheck.Run(process, findings);

        var nodes = new Dictionary<string, FlowNode>(StringComparer.Ordinal);
        foreach (var element in process.Elements())
        {
            if (ElementReaders.Read(element, context) is { } node)
                nodes.TryAdd(node.Id, node);
        }

        var flows = SequenceFlowReader.Read(process, context);
        var model = new ProcessModel(process.Text("id") ?? "", process.Text("name"), nodes, flows);
        GraphChecks.Run(model, findings);
        return model;
    }
}
