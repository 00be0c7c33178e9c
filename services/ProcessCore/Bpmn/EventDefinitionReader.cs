using System.Xml.Linq;
using Integration.ProcessCore.Definitions;

namespace Integration.ProcessCore.Bpmn;

/// <summary>What events wait for.</summary>
internal static class EventDefinitionReader
{
    // It becomes part of a routing key and of an index.
    private const int LongestName = 200;

    private static readonly (string Element, TimerKind Kind, string Example, Func<string, bool> Fits)[] _timers =
    [
        ("timeDuration", TimerKind.Duration, "PT15M", text => IsoDuration.TryParse(text, out _)),
        ("timeDate", TimerKind.Date, "2026-12-01T10:00:00Z", text => Moment.TryParse(text, out _)),
    ];

    public static TimerEventDefinition? Timer(XElement element, XElement definition, ReadingContext context)
    {
        foreach (var (name, kind, example, fits) in _timers)
        {
            if (definition.Bpmn(name) is not { } timer)
                continue;
            var value = context.Parse(element, name, timer.Value.Trim());
            if (value is { Expression: null } && !fits(value.Text))
                context.Findings.Refuse(
                    element,
                    $"{name} is \"{value.Text}\".",
                    $"Write it as ISO 8601, e.g. {example}, or as a FEEL expression beginning with =."
                );
            return value is null ? null : new TimerEventDefinition(kind, value);
        }

        var cycle = definition.Bpmn("timeCycle") is not null;
        context.Findings.Refuse(
            element,
            cycle ? "Timers with a cycle are not supported." : "The timer says neither a duration nor a date.",
            cycle ? "Use a duration and draw the loop." : "Set one of them."
        );
        return null;
    }

    public static MessageEventDefinition? Message(XElement owner, XElement holder, ReadingContext context)
    {
        if (MessageName(owner, holder, context) is not ({ } name, { } message))
            return null;
        var key = message.Zeebe("subscription")?.Text("correlationKey");
        if (key is null)
        {
            context.Findings.Refuse(
                owner,
                $"The message \"{name}\" has no correlation key.",
                "Set \"Subscription correlation key\", e.g. =orderId, so that a message finds its instance."
            );
            return null;
        }

        var expression = context.Parse(owner, "The correlation key", key);
        return expression is null ? null : new MessageEventDefinition(name, expression);
    }

    /// <summary>The message that <paramref name="holder"/> refers to, with its fixed name.</summary>
    public static (string? Name, XElement? Message) MessageName(XElement owner, XElement holder, ReadingContext context)
    {
        var problems = context.Findings.Problems.Count;
        var message = context.Referenced(holder, "messageRef", "message");
        if (message is null)
        {
            if (context.Findings.Problems.Count == problems)
                context.Findings.Refuse(owner, "It refers to no message.", "Choose or create one.");
            return (null, null);
        }

        ExtensionCheck.Run(message, context.Findings);
        var name = context.Static(owner, "The name of its message", message.Text("name"));
        if (name is { Length: > LongestName })
            context.Findings.Refuse(
                owner,
                "The name of its message is too long.",
                $"Use up to {LongestName} characters."
            );
        return (name, message);
    }

    /// <summary>The fixed code of the error that <paramref name="definition"/> refers to; null when it refers to none.</summary>
    public static string? ErrorCode(XElement owner, XElement definition, ReadingContext context)
    {
        var error = context.Referenced(definition, "errorRef", "error");
        return error is null ? null : context.Static(owner, "The code of its error", error.Text("errorCode"));
    }
}
