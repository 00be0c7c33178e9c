using System.Globalization;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>A decimal number of 28 significant digits.</summary>
internal sealed class FeelNumber(decimal value) : FeelValue
{
    // Dividing by a one of the largest scale leaves a value without trailing zeros.
    private const decimal One = 1.0000000000000000000000000000m;

    public decimal Value => value;

    public bool IsWhole => decimal.IsInteger(value);

    public override string TypeName => "number";

    /// <summary>
    /// A computed number, without trailing zeros: 1.5 + 1.5 is 3, which a reader of JSON takes for an integer. What a
    /// variable or a literal says is kept as written.
    /// </summary>
    public static FeelNumber Of(decimal value) => new(value.Scale == 0 ? value : value / One);

    public static FeelNumber Of(int value) => new(value);

    /// <summary>The value as an index or a count; null when it is no whole number of 32 bits.</summary>
    public int? AsInt32() => IsWhole && value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    public override string ToString() => Of(value).Value.ToString(CultureInfo.InvariantCulture);
}
