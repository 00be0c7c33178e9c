using System.Collections.Frozen;
using System.Xml.Linq;

namespace Integration.ProcessCore.Bpmn;

/// <summary>
/// Which extensions an element may carry. What has an effect in Camunda and none here is refused. What has none there either, as it was
/// left behind by another version or another kind of element, gives a notice.
/// </summary>
internal static class ExtensionCheck
{
    private const string Properties = "properties";

    // The runtime of Camunda's connectors reads these and begins to listen.
    private const string Inbound = "inbound.";

    private static readonly string[] _job = ["taskDefinition", "ioMapping", "taskHeaders"];

    private static readonly FrozenDictionary<string, string[]> _allowed = new Dictionary<string, string[]>(
        StringComparer.Ordinal
    )
    {
        ["process"] = ["versionTag"],
        ["serviceTask"] = _job,
        ["sendTask"] = _job,
        ["businessRuleTask"] = [.. _job, "calledDecision"],
        ["scriptTask"] = [.. _job, "script"],
        ["manualTask"] = ["ioMapping"],
        ["task"] = ["ioMapping"],
        ["receiveTask"] = ["ioMapping"],
        ["startEvent"] = ["ioMapping"],
        ["endEvent"] = _job,
        ["intermediateThrowEvent"] = _job,
        ["intermediateCatchEvent"] = ["ioMapping"],
        ["boundaryEvent"] = ["ioMapping"],
        ["message"] = ["subscription"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Of user tasks and their forms. On anything else they do nothing, in Camunda either.
    private static readonly FrozenSet<string> _leftovers = FrozenSet.Create(
        StringComparer.Ordinal,
        "userTask",
        "userTaskForm",
        "formDefinition",
        "assignmentDefinition",
        "taskSchedule",
        "priorityDefinition"
    );

    private static readonly FrozenSet<string> _leftoversOfCamunda7 = FrozenSet.Create(
        StringComparer.Ordinal,
        "formData",
        "formProperty",
        Properties,
        "failedJobRetryTimeCycle",
        "potentialStarter"
    );

    // Which template an element was made from; read by the modeler only.
    private static readonly FrozenSet<string> _attributes = FrozenSet.Create(
        StringComparer.Ordinal,
        "modelerTemplate",
        "modelerTemplateVersion",
        "modelerTemplateIcon"
    );

    public static void Run(XElement element, Findings findings)
    {
        var allowed = _allowed.GetValueOrDefault(element.Name.LocalName, []);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var extension in element.Bpmn("extensionElements")?.Elements() ?? [])
        {
            if (extension.Name.Namespace == BpmnNames.Camunda7)
                CheckCamunda7(element, extension.Name.LocalName, findings);
            else if (extension.Name.Namespace == BpmnNames.Zeebe)
                CheckZeebe(element, extension, allowed, seen, findings);
        }

        foreach (var attribute in element.Attributes())
        {
            var name = attribute.Name.LocalName;
            if (attribute.Name.Namespace == BpmnNames.Camunda7)
                NoteCamunda7(element, name, findings);
            else if (attribute.Name.Namespace == BpmnNames.Zeebe && !_attributes.Contains(name))
                findings.Note(element, $"The attribute zeebe:{name} has no effect.");
        }
    }

    private static void CheckZeebe(
        XElement element,
        XElement extension,
        string[] allowed,
        HashSet<string> seen,
        Findings findings
    )
    {
        var name = extension.Name.LocalName;
        if (name == Properties)
            CheckProperties(element, extension, findings);
        else if (_leftovers.Contains(name))
            findings.Note(element, $"{extension.Tag()} has no effect: it belongs to user tasks.");
        else if (!allowed.Contains(name, StringComparer.Ordinal))
            findings.Refuse(element, $"{extension.Tag()} is not supported on {element.Tag()}.", "Remove it.");
        else if (!seen.Add(name))
            findings.Refuse(element, $"{extension.Tag()} is there twice.", "Keep one.");
    }

    private static void CheckProperties(XElement element, XElement properties, Findings findings)
    {
        var inbound = properties
            .Elements(BpmnNames.Zeebe + "property")
            .Where(property => property.Text("name")?.StartsWith(Inbound, StringComparison.Ordinal) == true)
            .ToList();
        if (inbound.Count == 0 || findings.IsStored)
            return;
        var type = inbound.Find(property => property.Text("name") == $"{Inbound}type")?.Text("value");
        findings.Refuse(
            element,
            $"It waits for an inbound connector of Camunda{(type is null ? "" : $", \"{type}\"")}, and nothing here runs connectors.",
            "Remove the template; start the process by POST /instances or a process.start, and send messages by POST /messages."
        );
    }

    private static void CheckCamunda7(XElement element, string name, Findings findings)
    {
        if (_leftoversOfCamunda7.Contains(name))
            NoteCamunda7(element, name, findings);
        else
            findings.Refuse(
                element,
                $"camunda:{name} belongs to Camunda 7.",
                "Model for Camunda 8: its extensions begin with zeebe."
            );
    }

    private static void NoteCamunda7(XElement element, string name, Findings findings) =>
        findings.Note(element, $"camunda:{name} has no effect: it belongs to Camunda 7.");
}
