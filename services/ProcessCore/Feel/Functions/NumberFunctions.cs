using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

internal static class NumberFunctions
{
    private const int LargestScale = 28;

    public static readonly IReadOnlyList<Builtin> All =
    [
        Rounding("decimal", MidpointRounding.ToEven),
        Rounding("floor", MidpointRounding.ToNegativeInfinity),
        Rounding("ceiling", MidpointRounding.ToPositiveInfinity),
        Rounding("round up", AwayFromZero),
        Rounding("round down", MidpointRounding.ToZero),
        Rounding("round half up", MidpointRounding.AwayFromZero),
        Rounding("round half down", HalfTowardsZero),
        Whole("floor", MidpointRounding.ToNegativeInfinity),
        Whole("ceiling", MidpointRounding.ToPositiveInfinity),
        Builtin.Of<FeelValue>("abs", "n", Abs),
        Builtin.Of<FeelValue>("abs", "number", Abs),
        Builtin.Of<FeelNumber, FeelNumber>("modulo", "dividend", "divisor", Modulo),
        Builtin.Of<FeelNumber>("sqrt", "number", n => n.Value < 0 ? null : FeelNumber.Of(Power.SquareRoot(n.Value))),
        Builtin.Of<FeelNumber>(
            "exp",
            "number",
            n =>
                Math.Exp((double)n.Value) is var power && (decimal)power is not 0 and var result
                    ? FeelNumber.Of(result)
                    : null
        ),
        Builtin.Of<FeelNumber>(
            "log",
            "number",
            n => n.Value <= 0 ? null : FeelNumber.Of((decimal)Math.Log((double)n.Value))
        ),
        Builtin.Of<FeelNumber>("odd", "number", n => FeelBoolean.Of(n.Value % 2 is 1 or -1)),
        Builtin.Of<FeelNumber>("even", "number", n => FeelBoolean.Of(n.Value % 2 == 0)),
    ];

    private static Builtin Rounding(string name, MidpointRounding mode) =>
        Rounding(name, (value, scale) => decimal.Round(value, scale, mode));

    private static Builtin Rounding(string name, Func<decimal, int, decimal> round) =>
        Builtin.Of<FeelNumber, FeelNumber>(
            name,
            "n",
            "scale",
            (number, scale) => scale.AsInt32() is { } digits ? FeelNumber.Of(Round(number.Value, digits, round)) : null
        );

    private static Builtin Whole(string name, MidpointRounding mode) =>
        Builtin.Of<FeelNumber>(name, "n", number => FeelNumber.Of(decimal.Round(number.Value, 0, mode)));

    // A negative scale rounds to tens, hundreds and so on.
    private static decimal Round(decimal value, int scale, Func<decimal, int, decimal> round)
    {
        if (scale >= 0)
            return round(value, Math.Min(scale, LargestScale));
        if (scale < -LargestScale)
            return 0;
        var unit = Power.Of(10, -scale);
        return round(value / unit, 0) * unit;
    }

    private static decimal AwayFromZero(decimal value, int scale) =>
        decimal.Round(
            value,
            scale,
            value < 0 ? MidpointRounding.ToNegativeInfinity : MidpointRounding.ToPositiveInfinity
        );

    private static decimal HalfTowardsZero(decimal value, int scale)
    {
        var towards = decimal.Round(value, scale, MidpointRounding.ToZero);
        var half = 0.5m * Power.Of(10, -scale);
        return Math.Abs(value - towards) > half ? AwayFromZero(value, scale) : towards;
    }

    private static FeelValue? Abs(FeelValue value) =>
        value switch
        {
            FeelNumber number => new FeelNumber(Math.Abs(number.Value)),
            FeelDuration duration => new FeelDuration(duration.Value.Duration()),
            FeelMonths months => new FeelMonths(Math.Abs(months.Months)),
            _ => null,
        };

    // The sign is the divisor's, unlike that of the machine's remainder.
    private static FeelNumber? Modulo(FeelNumber dividend, FeelNumber divisor)
    {
        if (divisor.Value == 0)
            return null;
        var remainder = dividend.Value % divisor.Value;
        return FeelNumber.Of(
            remainder != 0 && remainder < 0 != divisor.Value < 0 ? remainder + divisor.Value : remainder
        );
    }
}
