using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>Enumerations by the names that the contract announces, and by nothing else: no other case, no number, no two at once.</summary>
internal sealed class InputChoices : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Choices<>).MakeGenericType(typeToConvert))!;

    /// <summary>In the order of their declaration.</summary>
    public static IEnumerable<string> Names(Type choices) =>
        choices
            .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Select(field => Name(field.GetValue(null)!, choices));

    public static string Name(object choice, Type choices) =>
        JsonSerializer.SerializeToElement(choice, choices, OperationJson.Options).GetString()!;

    private sealed class Choices<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private readonly Dictionary<string, T> _named = Enum.GetValues<T>()
            .DistinctBy(choice => Name(choice, typeof(T)))
            .ToDictionary(choice => Name(choice, typeof(T)), StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && _named.TryGetValue(reader.GetString()!, out var choice)
                ? choice
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Name(value, typeof(T)));

        public override T ReadAsPropertyName(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => _named.TryGetValue(reader.GetString()!, out var choice) ? choice : throw new JsonException();

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(Name(value, typeof(T)));
    }
}
