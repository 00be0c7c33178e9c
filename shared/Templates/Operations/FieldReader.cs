using System.Text.Json;

namespace Integration.Templates;

/// <summary>A property of a schema as a field.</summary>
internal static class FieldReader
{
    public static Field Read(string name, SchemaPart part, bool required)
    {
        var told = DefaultSentence.Split(part.Text("description"));
        var value = ValueReader.Read(part);
        return new Field(name, value, Meaning(part, told.Meaning))
        {
            Required = required,
            Default = part.Keyword("default") is { } written ? $"`{Written(written)}`" : told.Default,
            Limits = string.Join(", ", LimitWords.Of(part, value)),
            MayHoldSecrets = part.Keyword("x-may-hold-secrets") is { ValueKind: JsonValueKind.True },
        };
    }

    // How a form of its own is written stands where its type is told.
    private static string Meaning(SchemaPart part, string meaning) =>
        part.Keyword("x-written-as") is null
            ? string.Join(' ', part.Texts("x-checks").Prepend(meaning).Where(text => text.Length > 0))
            : meaning;

    private static string Written(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
