using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Sdk;

/// <summary>
/// Lists of texts, for which one text may stand that is the only one: <c>to: "a@example.org"</c>. Task headers and many processes
/// have nothing else, and nothing else can be meant.
/// </summary>
internal sealed class TextLists : JsonConverterFactory
{
    public static bool Covers(Type type) =>
        type == typeof(string[])
        || (
            type is { IsGenericType: true, GenericTypeArguments: [var entry] }
            && entry == typeof(string)
            && type.IsAssignableFrom(typeof(List<string>))
        );

    public override bool CanConvert(Type typeToConvert) => Covers(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        typeToConvert == typeof(string[])
            ? new Arrays()
            : (JsonConverter)Activator.CreateInstance(typeof(Lists<>).MakeGenericType(typeToConvert))!;

    private static List<string?> Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return [reader.GetString()];
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        var texts = new List<string?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Where null is no entry, InputNulls has refused it before.
            texts.Add(
                reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString(),
                    JsonTokenType.Null => null,
                    _ => throw new JsonException(),
                }
            );
        }

        return texts;
    }

    private static void Write(Utf8JsonWriter writer, IEnumerable<string?> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private sealed class Lists<T> : JsonConverter<T>
        where T : IEnumerable<string?>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (T)(object)TextLists.Read(ref reader);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            TextLists.Write(writer, value);
    }

    private sealed class Arrays : JsonConverter<string?[]>
    {
        public override string?[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            [.. TextLists.Read(ref reader)];

        public override void Write(Utf8JsonWriter writer, string?[] value, JsonSerializerOptions options) =>
            TextLists.Write(writer, value);
    }
}
