using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>
/// What a part of an input takes: besides what the serializer knows, whether the entries of a list or map may be null, as the
/// annotations of the record say. Records are looked at once.
/// </summary>
internal sealed class InputShape
{
    private static readonly ConcurrentDictionary<Type, InputShape> _records = new();

    private readonly Lazy<IReadOnlyDictionary<string, InputField>> _fields;
    private readonly Lazy<bool> _nullIsAValue;

    private InputShape(JsonTypeInfo json, NullabilityInfo? annotation)
    {
        Json = json;
        _fields = new(() => FieldsOf(json));
        _nullIsAValue = new(() => ReadsNull(json));
        if (json is not { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary, ElementType: { } entry })
            return;
        var annotated = annotation?.ElementType ?? annotation?.GenericTypeArguments.LastOrDefault();
        if (annotated?.Type != entry)
            annotated = null;
        Entry = Of(entry, annotated);
        // Where nothing is annotated, nothing is promised.
        EntryMayBeNull = entry.IsValueType
            ? Nullable.GetUnderlyingType(entry) is not null
            : annotated?.ReadState != NullabilityState.NotNull;
    }

    /// <summary>The type, as the serializer sees it.</summary>
    public JsonTypeInfo Json { get; }

    /// <summary>Of a record, by the names that they have in JSON; empty for anything else.</summary>
    public IReadOnlyDictionary<string, InputField> Fields => _fields.Value;

    /// <summary>Of a list or map: what each entry is. Null for anything else.</summary>
    public InputShape? Entry { get; }

    /// <summary>Whether an entry of the list or map may be null.</summary>
    public bool EntryMayBeNull { get; }

    /// <summary>Whether null is a value like any other, as it is in JSON of any kind.</summary>
    public bool NullIsAValue => _nullIsAValue.Value;

    /// <summary>Of an input record, or of a record in one.</summary>
    public static InputShape Of(Type type) => Of(type, annotation: null);

    private static InputShape Of(Type type, NullabilityInfo? annotation)
    {
        var json = OperationJson.Options.GetTypeInfo(type);
        return json.Kind == JsonTypeInfoKind.Object
            ? _records.GetOrAdd(type, _ => new InputShape(json, annotation: null))
            : new InputShape(json, annotation);
    }

    private static Dictionary<string, InputField> FieldsOf(JsonTypeInfo json)
    {
        if (json.Kind != JsonTypeInfoKind.Object)
            return [];
        var annotations = new NullabilityInfoContext();
        return json.Properties.ToDictionary(
            property => property.Name,
            property => new InputField(
                Of(
                    property.PropertyType,
                    property.AttributeProvider switch
                    {
                        PropertyInfo member => annotations.Create(member),
                        FieldInfo member => annotations.Create(member),
                        _ => null,
                    }
                ),
                IsRequired: property.AssociatedParameter is { } parameter
                    ? !parameter.HasDefaultValue
                    : property.IsRequired,
                MayBeNull: property.PropertyType.IsValueType
                    ? Nullable.GetUnderlyingType(property.PropertyType) is not null
                    : property.AssociatedParameter?.IsNullable ?? property.IsSetNullable,
                IsNullByDefault: property.AssociatedParameter is { HasDefaultValue: true, DefaultValue: null }
            ),
            StringComparer.Ordinal
        );
    }

    private static bool ReadsNull(JsonTypeInfo json)
    {
        if (json.Kind != JsonTypeInfoKind.None)
            return false;
        if (json.Type == typeof(object) || typeof(JsonNode).IsAssignableFrom(json.Type))
            return true;
        try
        {
            return JsonSerializer.Deserialize("null"u8, json) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>A field of an input record.</summary>
/// <param name="Shape">What it takes.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="MayBeNull">Whether its type takes null.</param>
/// <param name="IsNullByDefault">Whether it is null when it is absent.</param>
internal sealed record InputField(InputShape Shape, bool IsRequired, bool MayBeNull, bool IsNullByDefault);
