using System.Text.Json.Nodes;

namespace Integration.Sdk;

/// <summary>Null as schemas say it.</summary>
internal static class SchemaNulls
{
    /// <summary>An input that is null counts as absent, and an entry may be null where its annotation says so.</summary>
    public static void Take(InputField field, JsonObject schema)
    {
        if (!field.IsRequired || field.MayBeNull)
            Add(schema);
        for (var shape = field.Shape; shape.Entry is { } entry; shape = entry)
        {
            if ((schema["items"] ?? schema["additionalProperties"]) is not JsonObject inner)
                return;
            schema = inner;
            if (shape.EntryMayBeNull)
                Add(schema);
        }
    }

    public static void Add(JsonObject schema)
    {
        AlsoTakes(schema, "null");
        if (schema["enum"] is JsonArray choices && !choices.Any(choice => choice is null))
            choices.Add(null);
        if (schema["$ref"] is { } other)
        {
            schema.Remove("$ref");
            schema["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = other }, new JsonObject { ["type"] = "null" });
        }
    }

    public static bool Has(JsonObject schema) =>
        schema["type"] is JsonArray types && types.Any(type => type!.GetValue<string>() == "null");

    public static void AlsoTakes(JsonObject schema, string type)
    {
        if (schema["type"] is JsonValue one)
            schema["type"] = new JsonArray(one.GetValue<string>());
        if (schema["type"] is JsonArray types && !types.Any(taken => taken!.GetValue<string>() == type))
            types.Add(type);
    }
}
