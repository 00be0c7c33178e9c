using System.Globalization;
using System.Text.Json;

namespace Integration.Sdk;

/// <summary>Numbers of JSON, also where a text has one in it.</summary>
internal static class SchemaNumber
{
    private const NumberStyles Styles =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool IsWhole(JsonElement number) =>
        !number.TryGetDecimal(out var exact) || exact == decimal.Truncate(exact);

    /// <summary>Null for a text without a number in it. What no exact number can hold is as large as one can be.</summary>
    public static decimal? Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out var exact) ? exact : Clamp(value.GetDouble()),
            JsonValueKind.String => SchemaText.Read(value, static (text, _) => Of(text), 0),
            _ => null,
        };

    /// <summary>Whether a number can be held, in a text as well.</summary>
    public static bool IsFinite(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
            ? double.IsFinite(value.GetDouble())
            : SchemaText.Read(
                value,
                static (text, _) =>
                    !double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number)
                    || double.IsFinite(number),
                0
            );

    private static decimal? Of(ReadOnlySpan<char> text) =>
        decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var exact) ? exact
        : double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number) ? Clamp(number)
        : null;

    private static decimal Clamp(double number) => number > 0 ? decimal.MaxValue : decimal.MinValue;
}
