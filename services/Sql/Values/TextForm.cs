using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Errors;
using Integration.Sql.Statements;

namespace Integration.Sql.Values;

/// <summary>
/// A JSON value as the text that stands for it in a database, after a check that it is of its type. Numbers stay the
/// digits that they came as.
/// </summary>
internal static partial class TextForm
{
    /// <summary>For a value that is not null and no list.</summary>
    /// <exception cref="Integration.Errors.DataErrorException">It is not of the type; the message names the field.</exception>
    public static string Of(ParameterKind kind, string typeName, JsonElement value, string field) =>
        kind switch
        {
            ParameterKind.Text => Text(value) ?? throw Not(field, "a text", value),
            ParameterKind.Integer => Integer(value) ?? throw Not(field, $"a whole number ({typeName})", value),
            ParameterKind.Number or ParameterKind.Float => Number(value)
                ?? NotFinite(value)
                ?? throw Not(field, "a number", value),
            ParameterKind.Boolean => Boolean(value) ?? throw Not(field, "true or false", value),
            ParameterKind.Uuid => Guid.TryParseExact(Text(value), "D", out var id)
                ? id.ToString("D")
                : throw Not(field, "a UUID such as 0198f3c2-5a1b-7c3d-8e4f-0123456789ab", value),
            ParameterKind.Date => Matching(Date(), value) ?? throw Not(field, "a date such as 2026-12-01", value),
            ParameterKind.Time => Matching(Time(), value) ?? throw Not(field, "a time such as 10:30:00", value),
            ParameterKind.Timestamp => Matching(Timestamp(), value)
                ?? throw Not(field, "a date and time without offset such as 2026-12-01T10:30:00", value),
            ParameterKind.TimestampWithZone => Matching(TimestampWithZone(), value)
                ?? throw Not(field, "a date and time with its offset such as 2026-12-01T10:30:00Z", value),
            ParameterKind.Json => value.GetRawText(),
            ParameterKind.Binary => Binary(value) ?? throw Not(field, "bytes as base64", value),
            _ => Scalar(value) ?? throw Not(field, "a text, a number or a boolean", value),
        };

    /// <summary>A text, a number or a boolean; null for everything else.</summary>
    public static string? Scalar(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Text(value),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Integer(JsonElement value) =>
        Number(value) is { } text
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number)
            ? decimal.Truncate(number).ToString("0", CultureInfo.InvariantCulture)
            : null;

    // Task headers know only texts, so a number may come as one.
    private static string? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Matching(Digits(), value);

    private static string? NotFinite(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity"
            ? value.GetString()
            : null;

    private static string? Boolean(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.String when value.GetString() is "true" or "false" => value.GetString(),
            _ => null,
        };

    private static string? Binary(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out _) ? value.GetString() : null;

    private static string? Matching(Regex pattern, JsonElement value) =>
        Text(value) is { } text && pattern.IsMatch(text) ? text : null;

    private static Integration.Errors.DataErrorException Not(string field, string expected, JsonElement value) =>
        InvalidInput.At(field, $"must be {expected}, and is {Name(value, expected)}.");

    private static string Name(JsonElement value, string expected) =>
        value.ValueKind switch
        {
            JsonValueKind.String => "another text",
            JsonValueKind.Number => expected.Contains("number", StringComparison.Ordinal)
                ? "another number"
                : "a number",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            JsonValueKind.Array => "a list",
            JsonValueKind.Object => "an object",
            _ => "null",
        };

    [GeneratedRegex(@"^-?\d+(\.\d+)?([eE][+-]?\d{1,6})?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digits();

    // As the database hands them out: without end, and before Christ.
    [GeneratedRegex(@"^(-?infinity|\d{4,7}-\d\d-\d\d( BC)?)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"^\d\d:\d\d(:\d\d(\.\d{1,9})?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"^(-?infinity|\d{4,7}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?( BC)?)\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Timestamp();

    // Local times of long ago are seconds away from UTC.
    [GeneratedRegex(
        @"^(-?infinity|\d{4,7}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d(:?\d\d(:\d\d)?)?)( BC)?)\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TimestampWithZone();
}
