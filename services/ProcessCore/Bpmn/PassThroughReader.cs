using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Tasks that no engine does: manual tasks, and those of no kind.</summary>
internal static class PassThroughReader
{
    public static FlowNode Read(XElement element, ReadingContext context) =>
        new PassThrough(element.Text("id")!, MappingReader.Outputs(element, context));
}
