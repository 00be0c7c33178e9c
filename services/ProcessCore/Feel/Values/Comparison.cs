using System.Globalization;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>The order of values: within numbers, strings and each temporal type.</summary>
internal static class Comparison
{
    /// <summary>Less than, equal to or greater than zero; null when the two have no order.</summary>
    public static int? Compare(FeelValue left, FeelValue right) =>
        (left, right) switch
        {
            (FeelNumber a, FeelNumber b) => a.Value.CompareTo(b.Value),
            (FeelNumber or FeelLongNumber, FeelNumber or FeelLongNumber) => Exact(left).OrderTo(Exact(right)),
            (FeelString a, FeelString b) => string.CompareOrdinal(a.Value, b.Value),
            (FeelDate a, FeelDate b) => a.Value.CompareTo(b.Value),
            (FeelTime a, FeelTime b) when a.IsLocal == b.IsLocal => a.Instant.CompareTo(b.Instant),
            (FeelDateTime a, FeelDateTime b) when a.IsLocal == b.IsLocal => a.Instant.CompareTo(b.Instant),
            (FeelDuration a, FeelDuration b) => a.Value.CompareTo(b.Value),
            (FeelMonths a, FeelMonths b) => a.Months.CompareTo(b.Months),
            _ => null,
        };

    private static DecimalText Exact(FeelValue number) =>
        (number as FeelLongNumber)?.Value
        ?? DecimalText.Parse(((FeelNumber)number).Value.ToString(CultureInfo.InvariantCulture))!;
}
