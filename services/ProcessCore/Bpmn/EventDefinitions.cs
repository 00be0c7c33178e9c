using System.Xml.Linq;

namespace Integration.ProcessCore.Bpmn;

/// <summary>What kind of event an event is.</summary>
internal static class EventDefinitions
{
    private const string Suffix = "EventDefinition";

    /// <summary>Its only definition, and its kind: <c>timer</c>, <c>message</c> …, or <c>none</c>.</summary>
    public static (string Kind, XElement? Definition) Single(XElement element, ReadingContext context)
    {
        var definitions = element
            .Elements()
            .Where(child => child.Name.LocalName.EndsWith(Suffix, StringComparison.Ordinal))
            .ToList();
        if (definitions.Count > 1)
            context.Findings.Refuse(element, "The event has several triggers.", "Give it one.");
        return definitions is [var definition, ..]
            ? (definition.Name.LocalName[..^Suffix.Length], definition)
            : ("none", null);
    }
}
