using System.Xml.Linq;
using Integration.ProcessCore.Definitions;
using Integration.ProcessCore.Feel;

namespace Integration.ProcessCore.Bpmn;

/// <summary>What the readers of single elements share.</summary>
internal sealed class ReadingContext(XElement file, Findings findings)
{
    private readonly ILookup<(XName, string?), XElement> _byId = file.Elements()
        .ToLookup(element => (element.Name, element.Text("id")));

    public Findings Findings => findings;

    /// <summary>Whether tasks that map no inputs are sent the variables of the instance.</summary>
    public bool SendsVariables { get; init; }

    /// <summary>Refuses an element as a whole.</summary>
    public FlowNode? Refuse(XElement element, string reason, string wayOut)
    {
        findings.Refuse(element, reason, wayOut);
        return null;
    }

    /// <summary>A <c>bpmn:message</c>, <c>bpmn:error</c> … that an element refers to.</summary>
    public XElement? Referenced(XElement element, string attribute, string type)
    {
        if (element.Text(attribute) is not { } reference)
            return null;
        // References are qualified names.
        var id = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var target = _byId[(BpmnNames.Bpmn + type, id)].FirstOrDefault();
        if (target is null)
            findings.Refuse(element, $"It refers to the {type} \"{id}\", which is not in the file.", "Choose one.");
        return target;
    }

    /// <summary>An expression or static text; null, with a problem, when it does not parse.</summary>
    public FeelAttribute? Parse(XElement element, string what, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            findings.Refuse(element, $"{what} is empty.", "Write a FEEL expression (beginning with =) or a text.");
            return null;
        }

        try
        {
            return FeelAttribute.Parse(text, findings.IsStored);
        }
        catch (FeelSyntaxException e)
        {
            findings.Refuse(element, $"{what} is no FEEL expression: {e.Message}", "Correct the expression.");
            return null;
        }
    }

    /// <summary>A text that must not be an expression.</summary>
    public string? Static(XElement element, string what, string? text)
    {
        if (text is null)
        {
            findings.Refuse(element, $"{what} is missing.", "Fill it in.");
            return null;
        }

        if (!text.StartsWith('='))
            return text;
        findings.Refuse(element, $"{what} is an expression (\"{text}\").", "Write a fixed text there.");
        return null;
    }
}
