using System.Xml;
using System.Xml.Linq;

namespace Integration.ProcessCore.Bpmn;

/// <summary>How elements are read and named to people.</summary>
internal static class XmlPlaces
{
    /// <summary>Id of the element, or of the nearest one around it that has one; otherwise the line.</summary>
    public static string Place(this XElement element)
    {
        var identified = element.AncestorsAndSelf().FirstOrDefault(candidate => candidate.Text("id") is not null);
        return identified is not null && identified.Name != BpmnNames.Bpmn + "definitions"
            ? identified.Text("id")!
            : $"line {((IXmlLineInfo)element).LineNumber}";
    }

    /// <summary>The element's name with the usual prefix.</summary>
    public static string Tag(this XElement element) =>
        element.Name.Namespace == BpmnNames.Bpmn ? $"bpmn:{element.Name.LocalName}"
        : element.Name.Namespace == BpmnNames.Zeebe ? $"zeebe:{element.Name.LocalName}"
        : element.Name.LocalName;

    /// <summary>An attribute that is there and not blank.</summary>
    public static string? Text(this XElement element, string attribute) =>
        element.Attribute(attribute)?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The first child of that BPMN name.</summary>
    public static XElement? Bpmn(this XElement element, string name) => element.Element(BpmnNames.Bpmn + name);

    /// <summary>The extension of that zeebe name.</summary>
    public static XElement? Zeebe(this XElement element, string name) =>
        element.Bpmn("extensionElements")?.Element(BpmnNames.Zeebe + name);
}
