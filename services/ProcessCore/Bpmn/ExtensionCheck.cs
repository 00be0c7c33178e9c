using System.Collections.Frozen;
using System.Xml.Linq;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Which extensions an element may carry. Any other might change its behaviour in Camunda, so it is refused.</summary>
internal static class ExtensionCheck
{
    private const string Harmless = "properties";

    private static readonly FrozenDictionary<string, string[]> _allowed = new Dictionary<string, string[]>(
        StringComparer.Ordinal
    )
    {
        ["process"] = ["versionTag"],
        ["serviceTask"] = ["taskDefinition", "ioMapping", "taskHeaders"],
        ["receiveTask"] = ["ioMapping"],
        ["startEvent"] = ["ioMapping"],
        ["endEvent"] = ["ioMapping"],
        ["intermediateCatchEvent"] = ["ioMapping"],
        ["boundaryEvent"] = ["ioMapping"],
        ["message"] = ["subscription"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

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
                RefuseCamunda7(element, extension.Name.LocalName, findings);
            else if (extension.Name.Namespace == BpmnNames.Zeebe)
                CheckZeebe(element, extension, allowed, seen, findings);
        }

        foreach (var attribute in element.Attributes())
        {
            if (attribute.Name.Namespace == BpmnNames.Camunda7)
                RefuseCamunda7(element, attribute.Name.LocalName, findings);
            else if (attribute.Name.Namespace == BpmnNames.Zeebe && !_attributes.Contains(attribute.Name.LocalName))
                findings.Refuse(element, $"zeebe:{attribute.Name.LocalName} is not supported.", "Remove it.");
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
        if (name == Harmless)
            return;
        if (!allowed.Contains(name, StringComparer.Ordinal))
            findings.Refuse(element, $"{extension.Tag()} is not supported on {element.Tag()}.", "Remove it.");
        else if (!seen.Add(name))
            findings.Refuse(element, $"{extension.Tag()} stands there twice.", "Keep one.");
    }

    private static void RefuseCamunda7(XElement element, string name, Findings findings) =>
        findings.Refuse(
            element,
            $"camunda:{name} belongs to Camunda 7.",
            "Model for Camunda 8: its extensions begin with zeebe."
        );
}
