using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Integration.Contracts.Tests;

/// <summary>What a type cannot say of a field of the contract.</summary>
internal static class Rules
{
    public static IEnumerable<(string Keyword, JsonNode Value)> Of(JsonPropertyInfo property) =>
        (property.DeclaringType.Name, property.Name) switch
        {
            // A message as it came is described as it came.
            (nameof(MessageSource), "encoding") => [("enum", new JsonArray("text", "base64"))],
            (nameof(MessageSource), "size") => [("minimum", 0)],
            (nameof(MessageSource) or nameof(ServiceReference), _) => [],
            (_, "taskId") => [("minLength", 1), ("maxLength", Limits.TaskId)],
            (_, "operation") => [("minLength", 1)],
            (_, "replyTo") => [("minLength", 1), ("pattern", "^[^.]+$")],
            (_, "version" or "attempt") => [("minimum", 1)],
            (_, "retryAfter" or "inFlight") => [("minimum", 0)],
            (_, "effect") => [("enum", new JsonArray("read", "idempotent", "once"))],
            _ => [],
        };
}
