using System.Globalization;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>A day of the years 1 to 9999.</summary>
internal sealed class FeelDate(DateOnly value) : FeelValue
{
    private const string Format = "yyyy-MM-dd";

    public DateOnly Value => value;

    public override string TypeName => "date";

    public static FeelDate? Parse(string text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new FeelDate(date)
            : null;

    public override FeelValue? Property(string name) => PropertyOf(value, name);

    public override string ToString() => value.ToString(Format, CultureInfo.InvariantCulture);

    public static FeelValue? PropertyOf(DateOnly date, string name) =>
        name switch
        {
            "year" => FeelNumber.Of(date.Year),
            "month" => FeelNumber.Of(date.Month),
            "day" => FeelNumber.Of(date.Day),
            "weekday" => FeelNumber.Of(IsoDayOfWeek(date)),
            _ => null,
        };

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    public static int IsoDayOfWeek(DateOnly date) => date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;
}
