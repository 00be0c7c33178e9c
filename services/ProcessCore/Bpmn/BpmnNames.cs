using System.Xml.Linq;

namespace Integration.ProcessCore.Bpmn;

/// <summary>The XML namespaces of a file from Camunda Modeler.</summary>
internal static class BpmnNames
{
    /// <summary>BPMN 2.0.</summary>
    public static readonly XNamespace Bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";

    /// <summary>Extensions of Camunda 8.</summary>
    public static readonly XNamespace Zeebe = "http://camunda.org/schema/zeebe/1.0";

    /// <summary>Extensions of Camunda 7, which mean nothing here.</summary>
    public static readonly XNamespace Camunda7 = "http://camunda.org/schema/1.0/bpmn";
}
