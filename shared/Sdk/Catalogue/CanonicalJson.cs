using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Integration.Sdk;

/// <summary>JSON in one form: the names of objects in the order of their UTF-16 units, no white space, nothing escaped without need.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions _writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Of(JsonElement value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, _writing))
            Write(writer, value);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value);
            }

            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var entry in value.EnumerateArray())
                Write(writer, entry);
            writer.WriteEndArray();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
