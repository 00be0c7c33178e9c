using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary>A whole number as JSON Schema means it: <c>1.0</c> and <c>1e0</c> are the integer 1.</summary>
internal sealed class WholeNumber : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.Number ? throw new JsonException()
        : reader.TryGetInt32(out var number) ? number
        : reader.TryGetDecimal(out var written) && written == decimal.Truncate(written) && IsInt(written) ? (int)written
        : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);

    private static bool IsInt(decimal number) => number is >= int.MinValue and <= int.MaxValue;
}

/// <summary>The same for large ones.</summary>
internal sealed class LargeWholeNumber : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.Number ? throw new JsonException()
        : reader.TryGetInt64(out var number) ? number
        : reader.TryGetDecimal(out var written) && written == decimal.Truncate(written) && IsLong(written)
            ? (long)written
        : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);

    private static bool IsLong(decimal number) => number is >= long.MinValue and <= long.MaxValue;
}
