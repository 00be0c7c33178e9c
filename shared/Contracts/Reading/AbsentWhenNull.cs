using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>An optional field whose type knows no null: null counts as absent, for which the default stands.</summary>
internal sealed class AbsentWhenNull<T>(T absent, JsonConverter<T> json) : JsonConverter<T>
    where T : struct
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? absent : json.Read(ref reader, typeToConvert, options);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        json.Write(writer, value, options);
}
