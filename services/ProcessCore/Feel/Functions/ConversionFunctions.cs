using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

internal static class ConversionFunctions
{
    public static readonly IReadOnlyList<Builtin> All =
    [
        Builtin.Of<FeelValue>("string", "from", ToText),
        Builtin.Of<FeelString>("number", "from", text => FeelNumber.Read(text.Value)),
        Builtin.Of<FeelString, FeelValue>(
            "number",
            "from",
            "grouping separator",
            (text, grouping) => ToNumber(text, grouping, FeelNull.Value)
        ),
        Builtin.Of<FeelString, FeelValue, FeelValue>(
            "number",
            "from",
            "grouping separator",
            "decimal separator",
            (text, grouping, point, _) => ToNumber(text, grouping, point)
        ),
        Builtin.Of<FeelString>("duration", "from", text => Temporal.ParseDuration(text.Value)),
        Builtin.Of<FeelValue, FeelValue>("years and months duration", "from", "to", MonthsBetween),
        Builtin.Of<FeelValue>("date", "from", ToDate),
        Builtin.Of<FeelNumber, FeelNumber, FeelNumber>(
            "date",
            "year",
            "month",
            "day",
            (year, month, day, _) => ToDate(year, month, day)
        ),
        Builtin.Of<FeelValue>("time", "from", ToTime),
        Builtin.Of<FeelNumber, FeelNumber, FeelNumber>(
            "time",
            "hour",
            "minute",
            "second",
            (hour, minute, second, _) => ToTime(hour, minute, second, FeelNull.Value)
        ),
        new(
            "time",
            ["hour", "minute", "second", "offset"],
            (values, _) =>
                values is [FeelNumber hour, FeelNumber minute, FeelNumber second, var offset]
                    ? ToTime(hour, minute, second, offset)
                    : null
        ),
        Builtin.Of<FeelValue>("date and time", "from", ToDateTime),
        Builtin.Of<FeelValue, FeelValue>("date and time", "date", "time", ToDateTime),
    ];

    private static FeelValue ToText(FeelValue value, Evaluation evaluation) =>
        value is FeelNull ? FeelNull.Value : new FeelString(FeelText.Of(value, evaluation));

    private static FeelValue? ToNumber(FeelString text, FeelValue grouping, FeelValue point)
    {
        if (!TryRead(grouping, [" ", ",", "."], out var separator) || !TryRead(point, [",", "."], out var pointText))
            return null;
        if (separator is not null && separator == pointText)
            return null;
        var plain = separator is null ? text.Value : text.Value.Replace(separator, "", StringComparison.Ordinal);
        return FeelNumber.Read(pointText is null ? plain : plain.Replace(pointText, ".", StringComparison.Ordinal));
    }

    private static bool TryRead(FeelValue value, string[] allowed, out string? separator)
    {
        separator = (value as FeelString)?.Value;
        return value is FeelNull || allowed.Contains(separator);
    }

    private static FeelMonths? MonthsBetween(FeelValue from, FeelValue to) =>
        (from, to) switch
        {
            (FeelDate or FeelDateTime, FeelDate or FeelDateTime) => FeelMonths.Between(DayOf(from), DayOf(to)),
            _ => null,
        };

    // The time of day does not count, as in Camunda.
    private static DateOnly DayOf(FeelValue value) => value is FeelDate date ? date.Value : ((FeelDateTime)value).Date;

    private static FeelValue? ToDate(FeelValue from) =>
        from switch
        {
            FeelString text => FeelDate.Parse(text.Value),
            FeelDate date => date,
            FeelDateTime moment => new FeelDate(moment.Date),
            _ => null,
        };

    private static FeelDate? ToDate(FeelNumber year, FeelNumber month, FeelNumber day) =>
        year.AsInt32() is { } y && month.AsInt32() is { } m && day.AsInt32() is { } d
            ? new FeelDate(new DateOnly(y, m, d))
            : null;

    private static FeelValue? ToTime(FeelValue from) =>
        from switch
        {
            FeelString text => FeelTime.Parse(text.Value),
            FeelTime time => time,
            FeelDateTime moment => TimeOf(moment),
            FeelDate => new FeelTime(TimeOnly.MinValue, FeelZone.Utc),
            _ => null,
        };

    // A time has no day; the offset that was in force on it is what remains of a zone.
    private static FeelTime TimeOf(FeelDateTime moment) => new(moment.TimeOfDay, moment.Zone);

    private static FeelTime? ToTime(FeelNumber hour, FeelNumber minute, FeelNumber second, FeelValue offset)
    {
        if (hour.AsInt32() is not { } h || minute.AsInt32() is not { } m || offset is not (FeelNull or FeelDuration))
            return null;
        if (offset is FeelDuration { Value: var span } && span.Duration() > FeelZone.LargestOffset)
            return null;
        var whole = decimal.Truncate(second.Value);
        var ticks = (second.Value - whole) * TimeSpan.TicksPerSecond;
        if (second.Value < 0 || !decimal.IsInteger(ticks))
            return null;
        var fraction = TimeSpan.FromTicks((long)ticks);
        var clock = new TimeOnly(h, m, decimal.ToInt32(whole)).Add(fraction);
        return new FeelTime(clock, offset is FeelDuration duration ? FeelZone.OfOffset(duration.Value) : null);
    }

    private static FeelValue? ToDateTime(FeelValue from) =>
        from switch
        {
            FeelString text => FeelDateTime.Parse(text.Value),
            FeelDateTime moment => moment,
            _ => null,
        };

    private static FeelValue? ToDateTime(FeelValue date, FeelValue time) =>
        (date, time) switch
        {
            (FeelDate day, FeelTime clock) => FeelDateTime.Of(day.Value, clock),
            (FeelDateTime moment, FeelTime clock) => FeelDateTime.Of(moment.Date, clock),
            (FeelDateTime moment, FeelString zone) when FeelZone.Named(zone.Value) is { } target => moment.IsLocal
                ? new FeelDateTime(moment.Local, target)
                : FeelDateTime.OfInstant(moment.Instant, target),
            _ => null,
        };
}
