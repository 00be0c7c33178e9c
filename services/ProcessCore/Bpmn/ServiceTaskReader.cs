using System.Text.RegularExpressions;
using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>
/// Whatever asks a service for work: a service task, and as in Camunda 8 also a send, script or business rule task and an event that throws
/// a message. Its task definition names the operation, and its version behind a colon.
/// </summary>
internal static partial class ServiceTaskReader
{
    private const string DeadlineHeader = "deadline";

    // Camunda's connectors read these; as plain inputs they would change nothing, silently.
    private static readonly string[] _connectorHeaders =
    [
        "resultVariable",
        "resultExpression",
        "errorExpression",
        "retryBackoff",
    ];

    public static FlowNode? Read(XElement element, ReadingContext context) =>
        Read(element, context, TaskShape.Activity);

    /// <summary>What is left of a message that an event once threw.</summary>
    public static void NoteLeftovers(XElement element, ReadingContext context)
    {
        foreach (var name in new[] { "taskDefinition", "taskHeaders" }.Where(name => element.Zeebe(name) is not null))
            context.Findings.Note(element, $"zeebe:{name} has no effect on an event that throws no message.");
    }

    public static FlowNode? Read(XElement element, ReadingContext context, TaskShape shape)
    {
        var definition = element.Zeebe("taskDefinition");
        if (definition?.Text("type") is not { } type)
            return context.Refuse(
                element,
                $"{element.Tag()} has no task definition type.",
                "Set it to the name of the operation that does the work, e.g. by an element template."
            );

        if (type.StartsWith("io.camunda", StringComparison.Ordinal))
            return context.Refuse(
                element,
                $"The task definition type \"{type}\" is a connector of Camunda, and nothing here runs connectors.",
                "Use the element template of an operation instead, e.g. rest.request for the REST connector."
            );
        var match = TaskType().Match(type);
        if (!match.Success)
            return context.Refuse(
                element,
                $"The task definition type \"{type}\" is no operation.",
                "Write the operation's name in letters, digits, dots and hyphens, with :2 behind it for its version 2."
            );
        if (definition.Text("retries") is not null)
            context.Findings.Note(element, "retries has no effect: error treatment decides about retries.");

        var headers = Headers(element, context);
        var fixedInputs = headers.FindAll(header => header.Key != DeadlineHeader);
        var inputs = MappingReader.Inputs(element, context);
        if (fixedInputs.Count == 0 && inputs.Count == 0 && !context.SendsVariables)
            context.Findings.Note(
                element,
                "It maps no inputs and has no headers, so that the operation gets none; Camunda would send all variables. Map what it needs, "
                    + $"or set the property {ProcessSettings.TaskInputs} of the process to {ProcessSettings.Variables} (for all processes: "
                    + "Core__TaskInputs)."
            );
        return new ServiceTask(
            element.Text("id")!,
            MappingReader.Outputs(element, context, takesInputs: true),
            match.Groups["operation"].Value,
            match.Groups["version"].Success ? int.Parse(match.Groups["version"].ValueSpan) : 1,
            fixedInputs,
            inputs,
            Deadline(element, headers, context),
            context.SendsVariables,
            shape
        );
    }

    private static List<KeyValuePair<string, string>> Headers(XElement element, ReadingContext context)
    {
        var headers = new List<KeyValuePair<string, string>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var header in element.Zeebe("taskHeaders")?.Elements(BpmnNames.Zeebe + "header") ?? [])
        {
            var key = header.Text("key");
            if (key is null || !seen.Add(key))
                context.Findings.Refuse(
                    element,
                    $"A task header has {(key is null ? "no key" : $"the key \"{key}\" of another one")}.",
                    "Give each header a key of its own."
                );
            else if (_connectorHeaders.Contains(key, StringComparer.Ordinal))
                context.Findings.Refuse(
                    element,
                    $"The task header {key} is a convention of Camunda's connectors and has no effect here.",
                    "Use output mappings, error boundary events and error treatment."
                );
            else
                headers.Add(new(key, header.Attribute("value")?.Value ?? ""));
        }

        return headers;
    }

    private static IsoDuration? Deadline(
        XElement element,
        List<KeyValuePair<string, string>> headers,
        ReadingContext context
    )
    {
        var text = headers.Find(header => header.Key == DeadlineHeader).Value;
        if (text is null)
            return null;
        if (IsoDuration.TryParse(text, out var deadline) && deadline is not { Months: 0, Span.Ticks: <= 0 })
            return deadline;
        context.Findings.Refuse(
            element,
            $"The task header deadline is \"{text}\".",
            "Write an ISO 8601 duration, e.g. PT15M."
        );
        return null;
    }

    [GeneratedRegex(
        @"^(?=.{1,200}$)(?<operation>[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)(:(?<version>[1-9][0-9]{0,5}))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex TaskType();
}
