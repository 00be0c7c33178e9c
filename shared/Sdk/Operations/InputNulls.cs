using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>
/// One rule for null: an optional field that is null counts as absent, because FEEL gives null for what is missing. In JSON of any
/// kind it is a value. Anywhere else it is refused by its place, also in lists and maps, where the serializer lets it pass.
/// </summary>
internal static class InputNulls
{
    /// <summary>Whether there can be any null, found in one pass over the bytes.</summary>
    public static bool MayStandIn(JsonElement inputs) => JsonMarshal.GetRawUtf8Value(inputs).IndexOf("null"u8) >= 0;

    /// <summary>Whether there are optional fields to be left out.</summary>
    /// <exception cref="DataErrorException">There is a null that is none of what may be null.</exception>
    public static bool Check(JsonElement value, InputShape shape, string path)
    {
        var omits = false;
        if (value.ValueKind == JsonValueKind.Object && shape.Fields.Count > 0)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (!shape.Fields.TryGetValue(member.Name, out var field))
                    continue;
                if (member.Value.ValueKind != JsonValueKind.Null)
                    omits |= Check(member.Value, field.Shape, InputPlace.Of(path, member.Name));
                else if (IsLeftOut(field))
                    omits |= !(field.IsNullByDefault && field.MayBeNull);
                else if (!field.MayBeNull && !field.Shape.NullIsAValue)
                    throw InputProblem.Null(member.Value, field.Shape, InputPlace.Of(path, member.Name));
            }
        }
        // What has another form is no list and no map, whatever its entries are.
        else if (value.ValueKind == JsonValueKind.Object && shape.Json.Kind == JsonTypeInfoKind.Dictionary)
        {
            foreach (var entry in value.EnumerateObject())
                omits |= CheckEntry(entry.Value, shape, InputPlace.Of(path, entry.Name));
        }
        else if (value.ValueKind == JsonValueKind.Array && shape.Json.Kind == JsonTypeInfoKind.Enumerable)
        {
            var index = 0;
            foreach (var entry in value.EnumerateArray())
                omits |= CheckEntry(entry, shape, $"{path}[{index++}]");
        }

        return omits;
    }

    /// <summary>The same inputs without the optional fields that are null.</summary>
    public static ReadOnlyMemory<byte> Without(JsonElement value, InputShape shape)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, value, shape);
        return buffer.WrittenMemory;
    }

    private static bool IsLeftOut(InputField field) => !field.IsRequired && !field.Shape.NullIsAValue;

    private static bool CheckEntry(JsonElement entry, InputShape shape, string path)
    {
        if (entry.ValueKind != JsonValueKind.Null)
            return Check(entry, shape.Entry!, path);
        if (!shape.EntryMayBeNull && !shape.Entry!.NullIsAValue)
            throw InputProblem.Null(entry, shape.Entry, path);
        return false;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, InputShape shape)
    {
        if (value.ValueKind == JsonValueKind.Object && (shape.Fields.Count > 0 || shape.Entry is not null))
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject())
            {
                var field = shape.Fields.GetValueOrDefault(member.Name);
                if (field is not null && member.Value.ValueKind == JsonValueKind.Null && IsLeftOut(field))
                    continue;
                writer.WritePropertyName(member.Name);
                if ((field?.Shape ?? shape.Entry) is { } inner)
                    Write(writer, member.Value, inner);
                else
                    WriteAsItIs(writer, member.Value);
            }

            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array && shape.Entry is not null)
        {
            writer.WriteStartArray();
            foreach (var entry in value.EnumerateArray())
                Write(writer, entry, shape.Entry);
            writer.WriteEndArray();
        }
        else
        {
            WriteAsItIs(writer, value);
        }
    }

    private static void WriteAsItIs(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
