using System.Globalization;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

internal static class TemporalFunctions
{
    public static readonly IReadOnlyList<Builtin> All =
    [
        Builtin.Of("now", evaluation => Now(evaluation.Time)),
        Builtin.Of("today", evaluation => new FeelDate(Now(evaluation.Time).Date)),
        OfDay("day of week", date => new FeelString(date.DayOfWeek.ToString())),
        OfDay("day of year", date => FeelNumber.Of(date.DayOfYear)),
        OfDay("week of year", date => FeelNumber.Of(ISOWeek.GetWeekOfYear(date.ToDateTime(default)))),
        OfDay(
            "month of year",
            date => new FeelString(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month))
        ),
        OfDay(
            "last day of month",
            date => new FeelDate(new DateOnly(date.Year, date.Month, DateTime.DaysInMonth(date.Year, date.Month)))
        ),
    ];

    private static FeelDateTime Now(TimeProvider time)
    {
        var now = time.GetLocalNow();
        return new FeelDateTime(now.DateTime, FeelZone.OfOffset(now.Offset));
    }

    private static Builtin OfDay(string name, Func<DateOnly, FeelValue> body) =>
        Builtin.Of<FeelValue>(
            name,
            "date",
            value =>
                value switch
                {
                    FeelDate date => body(date.Value),
                    FeelDateTime moment => body(moment.Date),
                    _ => null,
                }
        );
}
