using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Integration.Fixtures;

/// <summary>Outputs as an example shows them, held against the schema: where <c>…</c> stands nothing is said.</summary>
internal static class ShownOutputs
{
    private const char Anything = '…';

    /// <summary>What the schema refuses of them; null when it takes them.</summary>
    public static string? Problem(JsonElement schema, string outputs)
    {
        var shown = JsonNode.Parse(outputs)!;
        WithoutPlaceholders(shown);
        var open = JsonNode.Parse(schema.GetRawText())!;
        WithoutRequired(open);
        var result = JsonSchema
            .FromText(open.ToJsonString())
            .Evaluate(
                JsonElement.Parse(shown.ToJsonString()),
                new EvaluationOptions { OutputFormat = OutputFormat.List }
            );
        return result.IsValid ? null : string.Join("; ", Errors(result));
    }

    private static IEnumerable<string> Errors(EvaluationResults result) =>
        (result.Details ?? [])
            .Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));

    private static void WithoutPlaceholders(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (name.Contains(Anything) || IsPlaceholder(value))
                    members.Remove(name);
                else if (value is not null)
                    WithoutPlaceholders(value);
            }
        }
        else if (node is JsonArray entries)
        {
            foreach (var entry in entries.ToList())
            {
                if (IsPlaceholder(entry))
                    entries.Remove(entry);
                else if (entry is not null)
                    WithoutPlaceholders(entry);
            }
        }
    }

    private static bool IsPlaceholder(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Contains(Anything);

    // A field may be one of those that were left out.
    private static void WithoutRequired(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            if (schema["required"] is JsonArray)
                schema.Remove("required");
            foreach (var (_, inner) in schema.ToList())
                WithoutRequired(inner);
        }
        else if (node is JsonArray several)
        {
            foreach (var one in several)
                WithoutRequired(one);
        }
    }
}
