using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>
/// JSON Schema (2020-12) of inputs and outputs, from their records. What the schema language cannot say, or nobody can tell from a
/// type, is left open: what a schema refuses, the operation refuses, too.
/// </summary>
internal static class ContractSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions _inputs = Describing(
        new JsonSerializerOptions(OperationJson.Options)
    );

    // What an operation gives is written strictly, and later versions of it may give more.
    private static readonly JsonSerializerOptions _outputs = Outputs();

    private static readonly JsonSchemaExporterOptions _exporting = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Complete,
    };

    /// <summary>Any object.</summary>
    public static JsonElement Open { get; } = JsonElement.Parse($$"""{"$schema":"{{Dialect}}","type":"object"}""");

    public static JsonElement OfInputs(Type record) => Of(record, _inputs);

    public static JsonElement OfOutputs(Type record) => Of(record, _outputs);

    public static JsonElement WithoutDescriptions(JsonElement schema)
    {
        var node = JsonNode.Parse(schema.GetRawText())!;
        Strip(node, isSchema: true);
        return JsonSerializer.SerializeToElement(node);
    }

    private static JsonElement Of(Type record, JsonSerializerOptions options)
    {
        var schema = options.GetJsonSchemaAsNode(record, _exporting) as JsonObject ?? [];
        // A record that may be null by its type is never null as the whole of inputs or outputs.
        schema["type"] = "object";
        schema.Remove("$schema");
        schema.Insert(0, "$schema", Dialect);
        return JsonSerializer.SerializeToElement(schema);
    }

    private static JsonSerializerOptions Outputs() =>
        Describing(
            new JsonSerializerOptions(OperationJson.Options)
            {
                NumberHandling = JsonNumberHandling.Strict,
                UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            }
        );

    private static JsonSerializerOptions Describing(JsonSerializerOptions options)
    {
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutStructDefaults } };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// A parameter that is a struct and has no value by default, such as JSON of any kind, has a default that the exporter cannot write.
    /// The property is described as one that may be absent.
    /// </summary>
    private static void WithoutStructDefaults(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object)
            return;
        var parameters = info
            .Type.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter =>
                parameter is { HasDefaultValue: true, DefaultValue: null, ParameterType.IsValueType: true }
                && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            )
            .Select(parameter => parameter.Name)
            .ToHashSet(StringComparer.Ordinal);
        if (parameters.Count == 0)
            return;
        for (var i = 0; i < info.Properties.Count; i++)
        {
            var property = info.Properties[i];
            if (
                property.AttributeProvider is not System.Reflection.MemberInfo member
                || !parameters.Contains(member.Name)
            )
                continue;
            var open = info.CreateJsonPropertyInfo(
                typeof(Nullable<>).MakeGenericType(property.PropertyType),
                property.Name
            );
            open.AttributeProvider = property.AttributeProvider;
            open.Get = property.Get;
            info.Properties[i] = open;
        }

        // It is only described: without this, each parameter would have to have its property.
        info.CreateObject = () => throw new NotSupportedException("A contract describes types, and reads nothing.");
    }

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode node)
    {
        var info = context.TypeInfo;
        if (node is not JsonObject schema)
            return node;
        if (info.Kind == JsonTypeInfoKind.Object)
            Complete(info, schema);
        // A type with a converter yields the schema "true": files are the one whose form is known.
        if (info.ElementType == typeof(FileReference))
            schema[info.Kind == JsonTypeInfoKind.Dictionary ? "additionalProperties" : "items"] =
                FileReferenceSchema.Of(nullable: IsOfOutputs(info));
        if (!IsOfOutputs(info) && TextLists.Covers(info.Type))
            AlsoTakes(schema, "string");
        // Whether an entry of outputs is null nobody checks, so nobody may promise that it is not.
        if (IsOfOutputs(info) && context.PropertyInfo is null && context.Path.Length > 0 && !info.Type.IsValueType)
            AlsoTakes(schema, "null");
        return schema;
    }

    private static bool IsOfOutputs(JsonTypeInfo info) => info.Options.NumberHandling == JsonNumberHandling.Strict;

    private static void AlsoTakes(JsonObject schema, string type)
    {
        if (schema["type"] is JsonValue one)
            schema["type"] = new JsonArray(one.GetValue<string>());
        if (schema["type"] is JsonArray types && !types.Any(taken => taken!.GetValue<string>() == type))
            types.Add(type);
    }

    /// <summary>An input that is null counts as absent, and an entry may be null where its annotation says so.</summary>
    private static void TakeNulls(InputField field, JsonObject schema)
    {
        if (!field.IsRequired)
            AlsoTakesNull(schema);
        for (var shape = field.Shape; shape.Entry is { } entry; shape = entry)
        {
            if ((schema["items"] ?? schema["additionalProperties"]) is not JsonObject inner)
                return;
            schema = inner;
            if (shape.EntryMayBeNull)
                AlsoTakesNull(schema);
        }
    }

    private static void AlsoTakesNull(JsonObject schema)
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

    private static void Complete(JsonTypeInfo info, JsonObject record)
    {
        if (record["properties"] is not JsonObject properties)
            return;
        foreach (var property in info.Properties)
        {
            if (!properties.ContainsKey(property.Name))
                continue;
            if (property.PropertyType == typeof(FileReference))
                properties[property.Name] = FileReferenceSchema.Of(property.IsGetNullable);
            // JSON of any kind is the schema "true", which has no room for a description.
            if (properties[property.Name] is not JsonObject schema)
                properties[property.Name] = schema = [];
            SchemaRules.Add(property, schema);
            if (!IsOfOutputs(info) && InputShape.Of(info.Type).Fields.TryGetValue(property.Name, out var field))
                TakeNulls(field, schema);
        }

        // What is null is not written at all.
        if (IsOfOutputs(info) && record["required"] is JsonArray required)
        {
            foreach (var property in info.Properties.Where(MayBeNull))
                required.Remove(required.FirstOrDefault(name => name!.GetValue<string>() == property.Name));
            if (required.Count == 0)
                record.Remove("required");
        }
    }

    private static bool MayBeNull(JsonPropertyInfo property) =>
        property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null;

    private static void Strip(JsonNode? node, bool isSchema)
    {
        if (node is JsonArray list)
        {
            foreach (var entry in list)
                Strip(entry, isSchema);
        }
        else if (node is JsonObject schema)
        {
            if (isSchema)
                schema.Remove("description");
            foreach (var (name, value) in schema)
            {
                // The names in there are fields, one of which may be called "description"; values and defaults are data.
                if (name is not ("default" or "enum" or "const"))
                    Strip(value, isSchema: name != "properties" || !isSchema);
            }
        }
    }
}
