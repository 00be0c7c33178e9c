using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>
/// JSON of any kind within an event, taken as it is: what an external system answered may repeat a name, and the answer is
/// nevertheless its answer.
/// </summary>
internal sealed class FreeJson : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        value.WriteTo(writer);
}
