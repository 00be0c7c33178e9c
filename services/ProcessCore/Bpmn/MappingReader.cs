using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary><c>zeebe:ioMapping</c>.</summary>
internal static class MappingReader
{
    public static IReadOnlyList<Mapping> Inputs(XElement element, ReadingContext context) =>
        Read(element, "input", context);

    public static IReadOnlyList<Mapping> Outputs(XElement element, ReadingContext context, bool takesInputs = false)
    {
        if (!takesInputs && element.Zeebe("ioMapping")?.Element(_input) is not null)
            context.Findings.Refuse(
                element,
                "Input mappings have no effect here.",
                "Remove them; only what asks a service or computes a script has inputs."
            );
        return Read(element, "output", context);
    }

    private const int DeepestTarget = 16;

    private static readonly XName _input = BpmnNames.Zeebe + "input";

    private static List<Mapping> Read(XElement element, string kind, ReadingContext context)
    {
        var mappings = new List<Mapping>();
        foreach (var mapping in element.Zeebe("ioMapping")?.Elements(BpmnNames.Zeebe + kind) ?? [])
        {
            var target = mapping.Text("target");
            var path = target?.Split('.') ?? [];
            if (path.Length is 0 or > DeepestTarget || path.Any(string.IsNullOrWhiteSpace))
            {
                context.Findings.Refuse(
                    element,
                    $"The target \"{target}\" of an {kind} mapping is no variable name.",
                    $"Write a name, or up to {DeepestTarget} names joined by dots."
                );
                continue;
            }

            // An empty source is an empty text, as in Camunda.
            var text = mapping.Attribute("source")?.Value ?? "";
            var source =
                text.Length == 0
                    ? Feel.FeelAttribute.Parse("")
                    : context.Parse(element, $"The source of the {kind} mapping \"{target}\"", text);
            if (source is not null)
                mappings.Add(new Mapping(path, source));
        }

        return mappings;
    }
}
