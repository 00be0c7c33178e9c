using System.Text.Json;
using Integration.Sdk;

namespace Integration.Templates;

/// <summary>A place in the JSON Schema of inputs or outputs, with the whole around it, which it may refer to.</summary>
/// <param name="Whole">The schema of the inputs or outputs.</param>
/// <param name="Schema">What stands at the place.</param>
/// <param name="Place">As references name it, e.g. <c>#/$defs/Part</c>.</param>
internal readonly record struct SchemaPart(JsonElement Whole, JsonElement Schema, string Place)
{
    public SchemaPart(JsonElement whole)
        : this(whole, whole, "#") { }

    /// <summary>Where it leads to, without saying that it may be null as well.</summary>
    public SchemaPart Target =>
        Keyword("$ref") is { } reference ? At(reference.GetString()!).Target
        : Keyword("anyOf") is { } several && NotNull(several) is { } one
            ? new SchemaPart(Whole, one, $"{Place}/anyOf").Target
        : this;

    public string Text(string keyword) =>
        Keyword(keyword) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public JsonElement? Keyword(string keyword) =>
        Schema.ValueKind == JsonValueKind.Object && Schema.TryGetProperty(keyword, out var value) ? value : null;

    public SchemaPart Within(string keyword, JsonElement schema) => new(Whole, schema, $"{Place}/{keyword}");

    public IEnumerable<string> Texts(string keyword) =>
        Keyword(keyword) switch
        {
            { ValueKind: JsonValueKind.Array } several => several
                .EnumerateArray()
                .Where(one => one.ValueKind == JsonValueKind.String)
                .Select(one => one.GetString()!),
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            _ => [],
        };

    private SchemaPart At(string reference) =>
        reference.StartsWith('#') && JsonPointer.Find(Whole, reference[1..]) is { } schema
            ? new SchemaPart(Whole, schema, reference)
            : throw new ArgumentException(
                $"At {Place}, '{reference}' leads to nothing in the schema.",
                nameof(reference)
            );

    private static JsonElement? NotNull(JsonElement several) =>
        several
            .EnumerateArray()
            .Where(one => !one.TryGetProperty("type", out var type) || !type.ValueEquals("null"))
            .ToList()
            is [var other]
            ? other
            : null;
}
