using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Sdk;

/// <summary>
/// Numbers as JSON Schema means them: <c>1.0</c> and <c>1e0</c> are the integer 1. A text with a number in it counts as the number,
/// as task headers have nothing else.
/// </summary>
internal sealed class InputNumbers : JsonConverterFactory
{
    /// <summary>Whole numbers as texts; a pattern of JSON Schema.</summary>
    public const string WholePattern = "^[+-]?[0-9]+$";

    /// <summary>Any numbers as texts.</summary>
    public const string Pattern = @"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$";

    private const NumberStyles Styles =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool IsWhole(Type type) => _whole.Contains(type);

    private static readonly HashSet<Type> _whole =
    [
        typeof(byte),
        typeof(sbyte),
        typeof(short),
        typeof(ushort),
        typeof(int),
        typeof(uint),
        typeof(long),
        typeof(ulong),
    ];

    public static bool Covers(Type type) =>
        IsWhole(type) || type == typeof(double) || type == typeof(float) || type == typeof(decimal);

    public override bool CanConvert(Type typeToConvert) => Covers(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)
            Activator.CreateInstance(
                (IsWhole(typeToConvert) ? typeof(Whole<>) : typeof(Real<>)).MakeGenericType(typeToConvert)
            )!;

    private sealed class Whole<T> : JsonConverter<T>
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return T.TryParse(
                    reader.GetString(),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var text
                )
                    ? text
                    : throw new JsonException();
            return
                reader.TokenType == JsonTokenType.Number
                && reader.TryGetDecimal(out var number)
                && number == decimal.Truncate(number)
                && number >= decimal.CreateChecked(T.MinValue)
                && number <= decimal.CreateChecked(T.MaxValue)
                ? T.CreateChecked(number)
                : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(decimal.CreateChecked(value));
    }

    private sealed class Real<T> : JsonConverter<T>
        where T : struct, IFloatingPoint<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            && T.TryParse(Text(ref reader), Styles, CultureInfo.InvariantCulture, out var number)
            && T.IsFinite(number)
                ? number
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString(null, CultureInfo.InvariantCulture));

        private static string Text(ref Utf8JsonReader reader) =>
            reader.TokenType == JsonTokenType.String
                ? reader.GetString()!
                : System.Text.Encoding.UTF8.GetString(
                    reader.HasValueSequence
                        ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence)
                        : reader.ValueSpan
                );
    }
}
