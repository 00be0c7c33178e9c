using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Integration.Contracts;

/// <summary>
/// How events are read: as <see cref="ContractJson"/> says, and as strictly as the published schemas. A whole number may be
/// written <c>1.0</c>; a date and time has an offset; a field of the contract stands there once; an optional one that is null counts
/// as absent. JSON of any kind within an event
/// (inputs, outputs, variables, data, details) is free.
/// </summary>
public static class ContractReading
{
    private static readonly JsonSerializerOptions _options = Create();

    /// <summary>The type of an event of <see cref="ContractJson"/>, to be read by.</summary>
    public static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> json) =>
        ReferenceEquals(json.Options, ContractJson.Default.Options) ? Cache<T>.Json : json;

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ContractJson.Default.Options)
        {
            AllowDuplicateProperties = false,
            TypeInfoResolver = JsonTypeInfoResolver.WithAddedModifier(ContractJson.Default, TakeNullForAbsent),
            Converters = { new WholeNumber(), new LargeWholeNumber(), new Moments(), new FreeJson() },
        };
        options.MakeReadOnly();
        return options;
    }

    // A field with a type that knows no null, such as attempt, has a default that counts when it is absent.
    private static void TakeNullForAbsent(JsonTypeInfo json)
    {
        foreach (var property in json.Properties)
        {
            if (property.AssociatedParameter is not { HasDefaultValue: true, DefaultValue: { } absent })
                continue;
            if (property.PropertyType == typeof(int))
                property.CustomConverter = new AbsentWhenNull<int>((int)absent, new WholeNumber());
            else if (property.PropertyType == typeof(bool))
                property.CustomConverter = new AbsentWhenNull<bool>(
                    (bool)absent,
                    JsonMetadataServices.BooleanConverter
                );
        }
    }

    private static class Cache<T>
    {
        public static readonly JsonTypeInfo<T> Json = (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));
    }
}
