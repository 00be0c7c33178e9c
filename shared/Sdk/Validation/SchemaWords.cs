using System.Text.Json;

namespace Integration.Sdk;

/// <summary>What a schema expects, in the words of who writes inputs; the same as those of a class.</summary>
internal static class SchemaWords
{
    public static string Expected(SchemaNode node, JsonElement source) =>
        node.Target is { } target ? target.Expected
        : source.TryGetProperty(SchemaForms.WrittenAs, out var words) ? words.GetString()!
        : node.OneOf is { } choices ? $"one of {string.Join(", ", choices.Where(IsValue))}"
        : node.Form == typeof(DateTimeOffset) ? InputProblem.Moment
        : node.Form is not null ? InputProblem.File
        : source.TryGetProperty("format", out var format) && OfFormat(format.GetString()) is { } formed ? formed
        : node.Types is null ? "another kind of value"
        : OfTypes(node.Types);

    // Of those that are taken in several forms, the one that is meant.
    private static string OfTypes(HashSet<string> types) =>
        types.Contains("array") ? "a list"
        : types.Contains("object") ? "an object"
        : types.Contains("integer") ? "a whole number in range"
        : types.Contains("number") ? "a number"
        : types.Contains("boolean") ? "true or false"
        : types.Contains("string") ? "a text"
        : "another kind of value";

    private static string? OfFormat(string? format) =>
        format switch
        {
            "date" => InputProblem.Date,
            "uuid" => InputProblem.Uuid,
            _ => null,
        };

    private static bool IsValue(JsonElement choice) => choice.ValueKind != JsonValueKind.Null;
}
