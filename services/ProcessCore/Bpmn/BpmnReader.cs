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

    public static BpmnReading Read(string xml, int limit = DefaultLimit)
    {
        var findings = new Findings();
        var file = BpmnFile.Load(xml, limit, findings);
        var process = file is null ? null : FindProcess(file, findings);
        var model = process is null ? null : ReadProcess(file!, process, findings);
        return new BpmnReading(findings.Problems.Count == 0 ? model : null, findings.Problems, findings.Notices);
    }

    private static XElement? FindProcess(XElement file, Findings findings)
    {
        var executable = file.Elements(BpmnNames.Bpmn + "process")
            .Where(process => process.Text("isExecutable") == "true")
            .ToList();
        foreach (var further in executable.Skip(1))
            findings.Refuse(further, "There is more than one executable process.", "Deploy each in a file of its own.");
        if (executable.Count == 0)
            findings.Refuse(
                "file",
                "There is no executable process.",
                "Set \"Executable\" on the process that shall be run."
            );
        return executable.FirstOrDefault();
    }

    private static ProcessModel ReadProcess(XElement file, XElement process, Findings findings)
    {
        var context = new ReadingContext(file, findings);
        IdentityCheck.Run(file, findings);
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
