using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;
using Integration.Hosting;

namespace Integration.Sdk;

/// <summary>
/// JSON Schema (2020-12) of inputs and outputs, from their records. What a schema takes, the operation takes, and the other way
/// round; what the schema language cannot say stands in words beside it, <c>x-checks</c>.
/// </summary>
internal sealed class ContractSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions _inputs = Describing(
        new JsonSerializerOptions(OperationJson.Options)
    );

    // What an operation gives is written strictly, and later versions of it may give more.
    private static readonly JsonSerializerOptions _outputs = Outputs();

    private readonly Type _record;
    private readonly bool _ofOutputs;
    private readonly JsonObject _parts = [];
    private readonly Dictionary<Type, string> _names = [];

    private ContractSchema(Type record, bool ofOutputs) => (_record, _ofOutputs) = (record, ofOutputs);

    /// <summary>Any object.</summary>
    public static JsonElement Open { get; } = JsonElement.Parse($$"""{"$schema":"{{Dialect}}","type":"object"}""");

    public static JsonElement OfInputs(Type record) => new ContractSchema(record, ofOutputs: false).Write(_inputs);

    public static JsonElement OfOutputs(Type record) => new ContractSchema(record, ofOutputs: true).Write(_outputs);

    public static JsonElement WithoutDescriptions(JsonElement schema)
    {
        var node = JsonNode.Parse(schema.GetRawText())!;
        Strip(node, isSchema: true);
        return JsonSerializer.SerializeToElement(node);
    }

    private JsonElement Write(JsonSerializerOptions options)
    {
        var schema =
            options.GetJsonSchemaAsNode(
                _record,
                new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Complete }
            ) as JsonObject
            ?? [];
        // A record that may be null by its type is never null as the whole of inputs or outputs.
        schema["type"] = "object";
        schema.Remove("$schema");
        schema.Insert(0, "$schema", Dialect);
        if (_parts.Count > 0)
            schema["$defs"] = _parts;
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
            if (property.AttributeProvider is not MemberInfo member || !parameters.Contains(member.Name))
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

    private JsonNode Complete(JsonSchemaExporterContext context, JsonNode node)
    {
        var info = context.TypeInfo;
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (node is not JsonObject schema)
            return node;
        var mayBeNull = MayBeNull(context, schema);
        if (schema.ContainsKey("$ref"))
            schema = Again(info);
        else if (info.Kind == JsonTypeInfoKind.Object)
            schema = Record(context, info, schema);
        else if (info.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
            DescribeEntries(info, info.ElementType!, schema);
        else
            SchemaForms.Complete(type, schema, _ofOutputs);
        if (!_ofOutputs && TextLists.Covers(info.Type))
            SchemaNulls.AlsoTakes(schema, "string");
        if (mayBeNull)
            SchemaNulls.Add(schema);
        return schema;
    }

    private void DescribeEntries(JsonTypeInfo info, Type entry, JsonObject schema)
    {
        var keyword = info.Kind == JsonTypeInfoKind.Dictionary ? "additionalProperties" : "items";
        if (schema[keyword] is JsonObject || OfConverter(info.Options, entry) is not { } form)
            return;
        if (_ofOutputs)
            SchemaNulls.Add(form);
        schema[keyword] = form;
    }

    /// <summary>A type with a converter yields the schema "true". Null where that is all there is to say.</summary>
    private JsonObject? OfConverter(JsonSerializerOptions options, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(FileReference)
            ? Part(type, FileReferenceSchema.Of())
            : SchemaForms.OfConverter(options.GetTypeInfo(type));
    }

    // Of inputs that is the reader's rule, and is said where their record is completed.
    private bool MayBeNull(JsonSchemaExporterContext context, JsonObject schema)
    {
        if (!_ofOutputs || context.Path.Length == 0)
            return false;
        // Entries of outputs are not checked for null, so the contract must not promise that they are not.
        return context.PropertyInfo is { } property
            ? MayBeNull(property)
            : !context.TypeInfo.Type.IsValueType || SchemaNulls.Has(schema);
    }

    private static bool MayBeNull(JsonPropertyInfo property) =>
        property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null;

    private JsonObject Record(JsonSchemaExporterContext context, JsonTypeInfo info, JsonObject schema)
    {
        var type = info.Type;
        if (schema["properties"] is JsonObject properties)
            Complete(info, schema, properties);
        if (DocComments.Of(type.Assembly).Summary(type, DocStyle.Markdown) is { Length: > 0 } summary)
            schema.Insert(0, "description", summary);
        if (context.Path.Length == 0)
            return schema;
        schema["type"] = "object";
        schema.Remove("default");
        return Part(type, schema);
    }

    /// <summary>Where the exporter refers to the path that it has met the type at before.</summary>
    private JsonObject Again(JsonTypeInfo info)
    {
        if (info.Kind == JsonTypeInfoKind.Object)
            return info.Type == _record ? new JsonObject { ["$ref"] = "#" } : Part(info.Type, schema: null);
        if (info.Kind == JsonTypeInfoKind.None)
            return OfConverter(info.Options, info.Type) ?? Leaf(info);
        var entry = Again(info.Options.GetTypeInfo(info.ElementType!));
        if (_ofOutputs)
            SchemaNulls.Add(entry);
        return info.Kind == JsonTypeInfoKind.Enumerable
            ? new JsonObject { ["type"] = "array", ["items"] = entry }
            : new JsonObject { ["type"] = "object", ["additionalProperties"] = entry };
    }

    private JsonObject Leaf(JsonTypeInfo info)
    {
        var schema = info.GetJsonSchemaAsNode() as JsonObject ?? [];
        SchemaForms.Complete(info.Type, schema, _ofOutputs);
        return schema;
    }

    /// <summary>A reference to what stands in <c>$defs</c> once, however often it is used.</summary>
    private JsonObject Part(Type type, JsonObject? schema)
    {
        if (!_names.TryGetValue(type, out var name))
        {
            name = type.Name;
            for (var i = 2; _names.ContainsValue(name); i++)
                name = $"{type.Name}{i}";
            _names[type] = name;
        }

        if (schema is not null && !_parts.ContainsKey(name))
            _parts[name] = schema;
        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    private void Complete(JsonTypeInfo info, JsonObject record, JsonObject properties)
    {
        var required = new JsonArray();
        foreach (var property in info.Properties)
        {
            if (!properties.ContainsKey(property.Name))
                continue;
            // JSON of any kind has no room for a description.
            var schema =
                OfConverter(info.Options, property.PropertyType) ?? properties[property.Name] as JsonObject ?? [];
            if (!ReferenceEquals(properties[property.Name], schema))
            {
                if (_ofOutputs && MayBeNull(property))
                    SchemaNulls.Add(schema);
                properties[property.Name] = schema;
            }

            SchemaRules.Add(property, schema);
            if (_ofOutputs)
            {
                // What is null is not written at all.
                if (!MayBeNull(property))
                    required.Add(property.Name);
            }
            else if (InputShape.Of(info.Type).Fields.TryGetValue(property.Name, out var field))
            {
                SchemaNulls.Take(field, schema);
                if (field.IsRequired)
                    required.Add(property.Name);
            }
        }

        record.Remove("required");
        if (required.Count > 0)
            record["required"] = required;
        // The description of a record comes after its fields in every contract.
        if (record["additionalProperties"] is { } further)
        {
            record.Remove("additionalProperties");
            record["additionalProperties"] = further;
        }
    }

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
            {
                schema.Remove("description");
                schema.Remove(SchemaForms.Choices);
            }

            foreach (var (name, value) in schema)
            {
                // The names in there are fields, one of which may be called "description"; values and defaults are data.
                if (name is not ("default" or "enum" or "const" or "examples") || !isSchema)
                    Strip(value, isSchema: !isSchema || name is not ("properties" or "$defs"));
            }
        }
    }
}
