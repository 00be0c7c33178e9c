using System.Text.Json;

namespace Integration.Mail.Templates;

/// <summary>Values of a task in the form that templates read.</summary>
internal sealed class TemplateValues
{
    private readonly Steps _steps = new();

    public TemplateValues(IReadOnlyDictionary<string, JsonElement> values) =>
        Root = new CountedMembers(values.Select(value => KeyValuePair.Create(value.Key, Read(value.Value))), _steps);

    public CountedMembers Root { get; }

    private object? Read(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => new CountedMembers(
                value
                    .EnumerateObject()
                    .GroupBy(member => member.Name, StringComparer.Ordinal)
                    .Select(members => KeyValuePair.Create(members.Key, Read(members.Last().Value))),
                _steps
            ),
            JsonValueKind.Array => new CountedItems(value.EnumerateArray().Select(Read), _steps),
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            // As it was sent: 12.50 stays 12.50.
            JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : value.GetRawText(),
            _ => null,
        };
}
