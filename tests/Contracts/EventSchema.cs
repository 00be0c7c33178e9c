using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Integration.Contracts.Tests;

/// <summary>Derives the JSON Schema of an event from its record: what it says is what <see cref="ContractJson"/> reads.</summary>
internal static class EventSchema
{
    private static readonly DocumentationText _documentation = DocumentationText.Of(typeof(TaskRequested).Assembly);

    private static readonly JsonSerializerOptions _writing = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSchemaExporterOptions _exporting = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) =>
        {
            if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
                foreach (var property in context.TypeInfo.Properties)
                    Complete(property, schema["properties"]!.AsObject());
            return schema;
        },
    };

    public static string Of(string eventType)
    {
        var record = ContractEvents.ByType[eventType];
        var schema = record.GetJsonSchemaAsNode(_exporting).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "$id", $"urn:integration:{eventType}");
        schema.Insert(2, "title", eventType);
        schema.Insert(3, "description", _documentation.Of(record.Type));
        return schema.ToJsonString(_writing);
    }

    private static void Complete(JsonPropertyInfo property, JsonObject properties)
    {
        // JSON of any kind is the schema "true", which has no room for a description.
        if (properties[property.Name] is not JsonObject schema)
            properties[property.Name] = schema = [];

        schema.Insert(0, "description", _documentation.Of(Declared(property)));
        if (schema.TryGetPropertyValue("default", out var value) && value is null)
            schema.Remove("default");
        // Outputs, inputs and variables; a JsonElement that may be absent is JSON of any kind.
        if (property.PropertyType == typeof(JsonElement))
            schema["type"] = "object";
        // An optional field may be null, also where its type knows none.
        if (IsOptional(property) && schema["type"] is JsonValue type)
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        foreach (var (keyword, rule) in Rules.Of(property))
            schema[keyword] = rule;
    }

    public static bool IsOptional(JsonPropertyInfo property) =>
        property.AssociatedParameter is { HasDefaultValue: true };

    private static PropertyInfo Declared(JsonPropertyInfo property) =>
        property
            .DeclaringType.GetProperties()
            .Single(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == property.Name);
}
