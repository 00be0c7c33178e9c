using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Integration.Contracts.Tests;

/// <summary>What a type cannot say of a field of the contract.</summary>
internal static class Rules
{
    private const string Printable = @"^[^\u0000-\u001f\u007f-\u009f]*$";
    private const string PrintableWithoutDots = @"^[^.\u0000-\u001f\u007f-\u009f]*$";
    private const string Moment =
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";

    public static IEnumerable<(string Keyword, JsonNode Value)> Of(JsonPropertyInfo property) =>
        [.. OfType(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType), .. OfField(property)];

    private static IEnumerable<(string, JsonNode)> OfType(Type type) =>
        type == typeof(int) ? [("minimum", int.MinValue), ("maximum", int.MaxValue)]
        : type == typeof(long) ? [("maximum", long.MaxValue)]
        // The format says so as well, and many validators do not look at it.
        : type == typeof(DateTimeOffset) ? [("pattern", Moment)]
        : [];

    private static IEnumerable<(string Keyword, JsonNode Value)> OfField(JsonPropertyInfo property) =>
        (property.DeclaringType.Name, property.Name) switch
        {
            // A message as it came is described as it came.
            (nameof(MessageSource), "encoding") => [("enum", new JsonArray("text", "base64"))],
            (nameof(MessageSource), "size") => [("minimum", 0)],
            (nameof(MessageSource) or nameof(ServiceReference), _) => [],
            // What was asked for is told as it was asked for.
            (nameof(InstanceCompleted) or nameof(InstanceFailed), "definition" or "businessKey" or "tenant") => [],
            (nameof(ProcessStart), "definition") => Name,
            (nameof(MessageReceived), "name" or "correlationKey") => Name,
            (nameof(ProcessStart) or nameof(MessageReceived), "businessKey" or "tenant") => Name,
            (_, "requestId") => Name,
            (_, "taskId") => [("minLength", 1), ("maxLength", Limits.TaskId), ("pattern", Printable)],
            (_, "operation") => [("minLength", 1), ("maxLength", Limits.NameBytes), ("pattern", Printable)],
            (_, "replyTo" or "engine") =>
            [
                ("minLength", 1),
                ("maxLength", Limits.NameBytes),
                ("pattern", PrintableWithoutDots),
            ],
            (nameof(BusinessError), "code") => [("minLength", 1)],
            (_, "version") => [("minimum", 1)],
            (_, "attempt") => [("minimum", 1), ("maximum", Limits.Attempt)],
            (_, "retryAfter" or "inFlight") => [("minimum", 0)],
            (_, "effect") => [("enum", new JsonArray("read", "idempotent", "once"))],
            (_, "contractHash") => [("pattern", "^[0-9a-f]{64}$")],
            _ => [],
        };

    private static (string, JsonNode)[] Name => [("minLength", 1), ("maxLength", Limits.Name), ("pattern", Printable)];
}
