using System.Xml.Linq;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Ids are how everything else refers to an element: each may stand only once in a file.</summary>
internal static class IdentityCheck
{
    public static void Run(XElement file, Findings findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in file.Descendants().Where(element => element.Name.Namespace == BpmnNames.Bpmn))
        {
            if (element.Text("id") is { } id && !seen.Add(id))
                findings.Refuse(id, "More than one element has this id.", "Give each element its own id.");
        }
    }
}
