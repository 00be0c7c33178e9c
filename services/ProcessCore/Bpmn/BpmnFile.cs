using System.Xml;
using System.Xml.Linq;

namespace Integration.ProcessCore.Bpmn;

/// <summary>XML as it comes from outside: no document type, no external entities, a limited size.</summary>
internal static class BpmnFile
{
    public static XElement? Load(string xml, int limit, Findings findings)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limit,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        if (xml.Length > limit)
        {
            findings.Refuse(
                "file",
                $"The file has {xml.Length} characters; at most {limit} are taken.",
                "Split the process, or raise the setting Core:DefinitionLimit."
            );
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            var root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
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
