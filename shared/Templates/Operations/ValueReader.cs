using System.Text.Json;

namespace Integration.Templates;

/// <summary>Schemas as what they describe.</summary>
internal static class ValueReader
{
    /// <exception cref="ArgumentException">It has a form of its own, and nobody has said how it is written.</exception>
    public static ValueShape Read(SchemaPart part)
    {
        part = part.Target;
        if (part.Text("x-written-as") is { Length: > 0 } words)
            return new ValueShape(ValueKind.Special) { Words = words };
        if (part.Keyword("enum") is not null)
            return new ValueShape(ValueKind.Choice) { Choices = [.. Choices(part)] };
        var types = part.Texts("type").ToHashSet(StringComparer.Ordinal);
        return types.Contains("array") ? new ValueShape(ValueKind.List) { Entry = Entry(part, "items") }
            : types.Contains("object") ? OfObject(part)
            : types.Contains("integer") ? new ValueShape(ValueKind.WholeNumber)
            : types.Contains("number") ? new ValueShape(ValueKind.Number)
            : types.Contains("boolean") ? new ValueShape(ValueKind.Boolean)
            : types.Contains("string") ? new ValueShape(OfText(part.Text("format")))
            : part.Keyword("x-checks") is null ? new ValueShape(ValueKind.Any)
            : throw new ArgumentException(
                $"Nobody can tell how {part.Place} is written in JSON: put [WrittenAs(\"…\")] on its type.",
                nameof(part)
            );
    }

    private static ValueShape OfObject(SchemaPart part) =>
        part.Keyword("properties") is not { } properties
            ? new ValueShape(ValueKind.Map) { Entry = Entry(part, "additionalProperties") }
        : properties.TryGetProperty("$file", out _) ? new ValueShape(ValueKind.File)
        : new ValueShape(ValueKind.Record) { Record = new RecordShape(part) };

    private static ValueShape Entry(SchemaPart part, string keyword) =>
        part.Keyword(keyword) is { ValueKind: JsonValueKind.Object } entry
            ? Read(part.Within(keyword, entry))
            : new ValueShape(ValueKind.Any);

    private static ValueKind OfText(string format) =>
        format switch
        {
            "date-time" => ValueKind.Moment,
            "date" => ValueKind.Date,
            _ => ValueKind.Text,
        };

    private static IEnumerable<Choice> Choices(SchemaPart part)
    {
        var meanings = part.Keyword("x-choices");
        return part.Texts("enum")
            .Select(value => new Choice(
                value,
                meanings is { } told && told.TryGetProperty(value, out var meaning) ? meaning.GetString()! : ""
            ));
    }
}
