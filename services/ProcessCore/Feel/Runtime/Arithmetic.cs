using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>What the arithmetic operators do with each pair of types; null for pairs they are not defined for.</summary>
internal static class Arithmetic
{
    public static FeelValue? Apply(string symbol, FeelValue left, FeelValue right, Evaluation evaluation) =>
        symbol switch
        {
            "+" => left is FeelString a && right is FeelString b ? Join(a, b, evaluation) : Add(left, right),
            "-" => Subtract(left, right),
            "*" => Multiply(left, right),
            "/" => Divide(left, right),
            "**" => left is FeelNumber x && right is FeelNumber y ? Raised(x.Value, y.Value) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "No arithmetic operator."),
        };

    private static FeelString Join(FeelString left, FeelString right, Evaluation evaluation)
    {
        evaluation.CheckLength((long)left.Value.Length + right.Value.Length);
        return new FeelString(left.Value + right.Value);
    }

    private static FeelValue? Add(FeelValue left, FeelValue right) =>
        (left, right) switch
        {
            (FeelNumber a, FeelNumber b) => FeelNumber.Of(a.Value + b.Value),
            (FeelDuration a, FeelDuration b) => new FeelDuration(a.Value + b.Value),
            (FeelMonths a, FeelMonths b) => new FeelMonths(checked(a.Months + b.Months)),
            (FeelDuration or FeelMonths, FeelDate or FeelTime or FeelDateTime) => Shift(right, left, 1),
            _ => Shift(left, right, 1),
        };

    private static FeelValue? Subtract(FeelValue left, FeelValue right) =>
        (left, right) switch
        {
            (FeelNumber a, FeelNumber b) => FeelNumber.Of(a.Value - b.Value),
            (FeelDuration a, FeelDuration b) => new FeelDuration(a.Value - b.Value),
            (FeelMonths a, FeelMonths b) => new FeelMonths(checked(a.Months - b.Months)),
            (FeelTime a, FeelTime b) when a.IsLocal == b.IsLocal => new FeelDuration(a.Instant - b.Instant),
            (FeelDate a, FeelDate b) => new FeelDuration(TimeSpan.FromDays(a.Value.DayNumber - b.Value.DayNumber)),
            (FeelDateTime a, FeelDateTime b) when a.IsLocal == b.IsLocal => new FeelDuration(a.Instant - b.Instant),
            _ => Shift(left, right, -1),
        };

    private static FeelValue? Multiply(FeelValue left, FeelValue right) =>
        (left, right) switch
        {
            (FeelNumber a, FeelNumber b) => Product(a.Value, b.Value),
            (FeelDuration a, FeelNumber b) => FeelDuration.OfSeconds(a.TotalSeconds * b.Value),
            (FeelMonths a, FeelNumber b) => new FeelMonths(decimal.ToInt64(a.Months * b.Value)),
            (FeelNumber, FeelDuration or FeelMonths) => Multiply(right, left),
            _ => null,
        };

    private static FeelValue? Divide(FeelValue left, FeelValue right) =>
        (left, right) switch
        {
            (FeelNumber a, FeelNumber b) => Quotient(a.Value, b.Value),
            (FeelDuration a, FeelNumber b) => FeelDuration.OfSeconds(a.TotalSeconds / b.Value),
            (FeelDuration a, FeelDuration b) => FeelNumber.Of(a.TotalSeconds / b.TotalSeconds),
            (FeelMonths a, FeelNumber b) => new FeelMonths(decimal.ToInt64(a.Months / b.Value)),
            (FeelMonths a, FeelMonths b) => FeelNumber.Of((decimal)a.Months / b.Months),
            _ => null,
        };

    /// <summary>Moves a point in time by a duration, forwards or backwards.</summary>
    private static FeelValue? Shift(FeelValue from, FeelValue by, int direction) =>
        (from, by) switch
        {
            (FeelDate date, FeelMonths months) => new FeelDate(date.Value.AddMonths(Count(months, direction))),
            (FeelDate date, FeelDuration duration) => new FeelDate(
                DateOnly.FromDateTime(date.Value.ToDateTime(default) + duration.Value * direction)
            ),
            (FeelTime time, FeelDuration duration) => new FeelTime(
                time.Value.Add(duration.Value * direction),
                time.Zone
            ),
            (FeelDateTime moment, FeelMonths months) => new FeelDateTime(
                moment.Local.AddMonths(Count(months, direction)),
                moment.Zone
            ),
            (FeelDateTime { Zone: { } zone } moment, FeelDuration duration) => FeelDateTime.OfInstant(
                moment.Instant + duration.Value * direction,
                zone
            ),
            (FeelDateTime moment, FeelDuration duration) => new FeelDateTime(
                moment.Local + duration.Value * direction,
                zone: null
            ),
            _ => null,
        };

    // A decimal has 28 digits behind the point at most: what is smaller than that is not zero, but out of range.
    private static FeelNumber Product(decimal a, decimal b) => NotVanished(a * b, a != 0 && b != 0);

    private static FeelNumber Quotient(decimal a, decimal b) => NotVanished(a / b, a != 0);

    private static FeelNumber Raised(decimal number, decimal exponent) =>
        NotVanished(Power.Of(number, exponent), number != 0);

    private static FeelNumber NotVanished(decimal result, bool hasValue) =>
        result == 0 && hasValue ? throw new OverflowException("Too small for a decimal.") : FeelNumber.Of(result);

    private static int Count(FeelMonths months, int direction) => checked((int)(months.Months * direction));
}
