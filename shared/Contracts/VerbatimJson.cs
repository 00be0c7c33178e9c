using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>
/// JSON of the contract for what another party wrote and is passed on: a request within an error, or one that is sent again.
/// Inputs keep their bytes. Written anew, what came as two or three bytes would be escaped as six, and a large request would not
/// fit any more.
/// </summary>
public static class VerbatimJson
{
    /// <summary>Writes what <see cref="ContractJson.Default"/> reads.</summary>
    public static ContractJson Default { get; } =
        new(
            new JsonSerializerOptions(ContractJson.Default.Options)
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                Converters = { new AsItCame() },
            }
        );

    private sealed class AsItCame : JsonConverter<JsonElement>
    {
        public override JsonElement Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => JsonElement.ParseValue(ref reader);

        public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }
}
