using System.Collections.Frozen;
using System.Xml.Linq;

namespace Integration.ProcessCore.Bpmn;

/// <summary>Refuses the parts and attributes of an element that would change how it behaves.</summary>
internal static class ActivityCheck
{
    private static readonly FrozenSet<string> _known = FrozenSet.Create(
        StringComparer.Ordinal,
        "incoming",
        "outgoing",
        "documentation",
        "extensionElements",
        "timerEventDefinition",
        "messageEventDefinition",
        "errorEventDefinition",
        "terminateEventDefinition",
        // Data objects are only drawn, and so are the lines to them.
        "dataInputAssociation",
        "dataOutputAssociation"
    );

    /// <summary>Says something to people, or to other engines; Camunda 8 passes it over as well.</summary>
    public static readonly FrozenSet<string> Descriptions = FrozenSet.Create(
        StringComparer.Ordinal,
        "property",
        "ioSpecification",
        "auditing",
        "monitoring",
        "performer",
        "humanPerformer",
        "potentialOwner",
        "resourceRole"
    );

    public static void Describe(XElement element, Findings findings) =>
        findings.Note(element, $"{element.Tag()} has no effect; input and output mappings carry the data.");

    private static readonly FrozenDictionary<string, (string Reason, string WayOut)> _unsupported = new Dictionary<
        string,
        (string, string)
    >(StringComparer.Ordinal)
    {
        ["multiInstanceLoopCharacteristics"] = (
            "Multi-instance activities are not supported.",
            "Draw the branches with a parallel gateway, or a loop with an exclusive one."
        ),
        ["standardLoopCharacteristics"] = (
            "Loop activities are not supported.",
            "Draw the loop with an exclusive gateway."
        ),
        ["signalEventDefinition"] = ("Signal events are not supported.", "Use a message."),
        ["escalationEventDefinition"] = ("Escalation events are not supported.", "Use an error or a gateway."),
        ["compensateEventDefinition"] = (
            "Compensation is not supported.",
            "Draw the service tasks that undo the work."
        ),
        ["conditionalEventDefinition"] = ("Conditional events are not supported.", "Use an exclusive gateway."),
        ["linkEventDefinition"] = ("Link events are not supported.", "Draw the sequence flow."),
        ["cancelEventDefinition"] = ("Cancel events are not supported.", "Use an error end event."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Attribute, string Neutral, string WayOut)[] _attributes =
    [
        ("isForCompensation", "false", "Draw the service tasks that undo the work."),
        ("startQuantity", "1", "Remove the attribute."),
        ("completionQuantity", "1", "Remove the attribute."),
        ("parallelMultiple", "false", "Remove the attribute."),
        ("instantiate", "false", "Use a message start event."),
    ];

    public static void Run(XElement element, ReadingContext context)
    {
        foreach (var child in element.Elements().Where(child => child.Name.Namespace == BpmnNames.Bpmn))
        {
            if (_known.Contains(child.Name.LocalName))
                continue;
            if (Descriptions.Contains(child.Name.LocalName))
            {
                Describe(child, context.Findings);
                continue;
            }
            var (reason, wayOut) = _unsupported.GetValueOrDefault(
                child.Name.LocalName,
                ($"{child.Tag()} is not supported.", "Remove it.")
            );
            context.Findings.Refuse(element, reason, wayOut);
        }

        foreach (var (attribute, neutral, wayOut) in _attributes)
        {
            if (element.Text(attribute) is { } value && value != neutral)
                context.Findings.Refuse(element, $"{attribute}=\"{value}\" is not supported.", wayOut);
        }
    }
}
