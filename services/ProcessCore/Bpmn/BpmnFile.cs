using System.Xml;
using System.Xml.Linq;
using Integration.Xml;

namespace Integration.ProcessCore.Bpmn;

/// <summary>XML as it comes from outside: no document type, limited in size and depth.</summary>
internal static class BpmnFile
{
    public static XElement? Load(string xml, int limit, Findings findings)
    {
        if (xml.Length > limit)
        {
            findings.Refuse(
                "file",
                $"The file has {xml.Length} characters; at most {limit} are taken.",
                "Split the process, or raise the setting Core__DefinitionLimit."
            );
            return null;
        }

        try
        {
            using var text = new StringReader(xml);
            var root = ForeignXml.Load(text, LoadOptions.SetLineInfo);
            if (root.Name == BpmnNames.Bpmn + "definitions")
                return root;
            findings.Refuse(
                "file",
                $"The root element is {root.Name}, not bpmn:definitions of BPMN 2.0.",
                "Send the .bpmn file as Camunda Modeler saves it."
            );
        }
        catch (XmlException e)
        {
            findings.Refuse("file", $"This is not XML that is taken: {e.Message}", "Send the .bpmn file as saved.");
        }

        return null;
    }
}
