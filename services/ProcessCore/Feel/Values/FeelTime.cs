using System.Globalization;
using System.Text.RegularExpressions;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>A time of day, local or with an offset or zone.</summary>
internal sealed partial class FeelTime(TimeOnly value, FeelZone? zone) : FeelValue
{
    // Offsets of a zone change with the date; a time has none, so that the winter of some year stands in.
    private static readonly DateTime _anyDay = new(1970, 1, 1);

    public TimeOnly Value => value;

    public FeelZone? Zone => zone;

    public bool IsLocal => zone is null;

    public TimeSpan? Offset => zone?.OffsetAt(_anyDay.Add(value.ToTimeSpan()));

    /// <summary>The time of day in UTC, not wrapped at midnight: what times are compared by.</summary>
    public TimeSpan Instant => value.ToTimeSpan() - (Offset ?? TimeSpan.Zero);

    public override string TypeName => "time";

    /// <summary>Reads <c>10:30:00</c>, with a <c>T</c> in front, a fraction, an offset, <c>Z</c> or <c>@zone</c> where wanted.</summary>
    public static FeelTime? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || !TryReadClock(match.Groups["clock"].Value, out var clock))
            return null;
        var zone = match.Groups["zone"];
        if (!zone.Success)
            return new FeelTime(clock, zone: null);
        return FeelZone.Parse(zone.Value) is { } known ? new FeelTime(clock, known) : null;
    }

    public override FeelValue? Property(string name) => PropertyOf(value, Offset, zone, name);

    public override string ToString() => FormatClock(value) + zone;

    public static string FormatClock(TimeOnly time) => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    public static FeelValue? PropertyOf(TimeOnly time, TimeSpan? offset, FeelZone? zone, string name) =>
        name switch
        {
            "hour" => FeelNumber.Of(time.Hour),
            "minute" => FeelNumber.Of(time.Minute),
            "second" => FeelNumber.Of(time.Second),
            "time offset" => offset is { } known ? new FeelDuration(known) : FeelNull.Value,
            "timezone" => zone?.Id is { } id ? new FeelString(id) : FeelNull.Value,
            _ => null,
        };

    // Seven digits of a second are what a clock can hold: a time with more would be another time.
    private static bool TryReadClock(string text, out TimeOnly clock) =>
        TimeOnly.TryParseExact(
            text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text,
            ["HH:mm", "HH:mm:ss.FFFFFFF"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out clock
        );

    [GeneratedRegex(
        @"\AT?(?<clock>[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)(?<zone>[Zz]|[+-][0-9:]+|@.+)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
