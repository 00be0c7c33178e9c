using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>A decimal number of 28 significant digits.</summary>
internal sealed class FeelNumber(decimal value, JsonValue? source = null) : FeelValue
{
    // Dividing by a one of the largest scale leaves a value without trailing zeros.
    private const decimal One = 1.0000000000000000000000000000m;

    // A decimal holds every text of so many characters exactly, unless it has an exponent.
    private const int SurelyExact = 28;

    private const int LongestPlain = 200;

    private const NumberStyles Form =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public decimal Value => value;

    /// <summary>The spelling that it came in, which it keeps while nothing is computed.</summary>
    public JsonValue? Source => source;

    public bool IsWhole => decimal.IsInteger(value);

    public override string TypeName => "number";

    /// <summary>
    /// A computed number, without trailing zeros: 1.5 + 1.5 is 3, which a reader of JSON takes for an integer. What a
    /// variable or a literal says is kept as written.
    /// </summary>
    public static FeelNumber Of(decimal value) => new(value.Scale == 0 ? value : value / One);

    public static FeelNumber Of(int value) => new(value);

    /// <summary>A number as it is written, to compute with where a decimal holds it exactly; null for what is no number.</summary>
    /// <param name="text">In the notation of JSON; a sign in front and a point at either end are taken as well.</param>
    /// <param name="source">The same as a node; made when it is needed.</param>
    public static FeelValue? Read(string text, JsonValue? source = null)
    {
        var known = decimal.TryParse(text, Form, CultureInfo.InvariantCulture, out var number);
        if (known && text.Length <= SurelyExact && text.AsSpan().IndexOfAny('e', 'E') < 0)
            return new FeelNumber(number, source);
        if (DecimalText.Parse(text) is not { } exact)
            return null;
        return known && exact == DecimalText.Parse(number.ToString(CultureInfo.InvariantCulture))
            ? new FeelNumber(number, source)
            : new FeelLongNumber(exact, source ?? NodeOf(exact));
    }

    /// <summary>The whole part as an index or a count; null when it has more than 32 bits.</summary>
    public int? AsInt32() => value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    public override string ToString() => Of(value).Value.ToString(CultureInfo.InvariantCulture);

    // Not every text that number() takes is JSON.
    private static JsonValue NodeOf(DecimalText exact) =>
        JsonValue.Create(
            JsonElement.Parse(
                exact.ToPlain(LongestPlain)
                    ?? $"{(exact.IsNegative ? "-" : "")}0.{exact.Digits}e{exact.Magnitude.ToString(CultureInfo.InvariantCulture)}"
            )
        )!;
}
