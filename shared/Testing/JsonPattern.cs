using System.Text.Json.Nodes;

namespace Integration.Testing;

/// <summary>
/// Compares JSON with an example of it, in which <c>…</c> stands for what is different each time: a text <c>…</c> for any
/// value, one inside of a text for a part of it, a property with this name for further properties.
/// </summary>
internal static class JsonPattern
{
    private const string Any = "…";

    /// <summary>Every difference as a line: <c>outputs.size is 8, the example says 7</c>.</summary>
    public static IEnumerable<string> Differences(JsonNode? example, JsonNode? actual, string path) =>
        example switch
        {
            JsonValue value
                when value.TryGetValue<string>(out var text) && text.Contains(Any, StringComparison.Ordinal) => text
                == Any
            || (actual is JsonValue found && found.TryGetValue<string>(out var told) && Fits(text, told))
                ? []
                : [Line(path, example, actual)],
            JsonObject expected when actual is JsonObject found => InObject(expected, found, path),
            JsonArray expected when actual is JsonArray found && expected.Count == found.Count => expected
                .Select((item, i) => Differences(item, found[i], $"{path}[{i}]"))
                .SelectMany(lines => lines),
            _ => JsonNode.DeepEquals(example, actual) ? [] : [Line(path, example, actual)],
        };

    private static IEnumerable<string> InObject(JsonObject expected, JsonObject found, string path)
    {
        foreach (var (name, value) in expected.Where(one => one.Key != Any))
        {
            if (!found.TryGetPropertyValue(name, out var actual))
                yield return $"{path}.{name} is not there, the example says {Text(value)}";
            else
                foreach (var line in Differences(value, actual, $"{path}.{name}"))
                    yield return line;
        }

        if (expected.ContainsKey(Any))
            yield break;
        foreach (var (name, value) in found.Where(one => !expected.ContainsKey(one.Key)))
            yield return $"{path}.{name} is {Text(value)}, the example does not have it";
    }

    private static bool Fits(string pattern, string text)
    {
        var parts = pattern.Split(Any);
        if (!text.StartsWith(parts[0], StringComparison.Ordinal) || !text.EndsWith(parts[^1], StringComparison.Ordinal))
            return false;
        var from = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var at = text.IndexOf(part, from, StringComparison.Ordinal);
            if (at < 0)
                return false;
            from = at + part.Length;
        }

        return from <= text.Length - parts[^1].Length;
    }

    private static string Line(string path, JsonNode? example, JsonNode? actual) =>
        $"{path} is {Text(actual)}, the example says {Text(example)}";

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}
