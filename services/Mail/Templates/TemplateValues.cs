using System.Text.Json;

namespace Integration.Mail.Templates;

/// <summary>Values of a task in the form that templates read.</summary>
internal sealed class TemplateValues(IReadOnlyDictionary<string, JsonElement> values)
{
    public Dictionary<string, object?> Root { get; } =
        values.ToDictionary(value => value.Key, value => Read(value.Value), StringComparer.Ordinal);

    private static object? Read(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value
                .EnumerateObject()
                .GroupBy(member => member.Name, StringComparer.Ordinal)
                .ToDictionary(members => members.Key, members => Read(members.Last().Value), StringComparer.Ordinal),
            JsonValueKind.Array => value.EnumerateArray().Select(Read).ToList(),
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            // As it was sent: 12.50 stays 12.50.
            JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : value.GetRawText(),
            _ => null,
        };
}
