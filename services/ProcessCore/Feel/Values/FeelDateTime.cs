using System.Globalization;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>A day and a time of day, local or with an offset or zone.</summary>
internal sealed class FeelDateTime(DateTime local, FeelZone? zone) : FeelValue
{
    /// <summary>What a clock on the wall shows.</summary>
    public DateTime Local => local;

    public FeelZone? Zone => zone;

    public bool IsLocal => zone is null;

    public TimeSpan? Offset => zone?.OffsetAt(local);

    /// <summary>The moment in UTC; of a local value, the value itself.</summary>
    public DateTime Instant => local - (Offset ?? TimeSpan.Zero);

    public DateOnly Date => DateOnly.FromDateTime(local);

    public TimeOnly TimeOfDay => TimeOnly.FromDateTime(local);

    public override string TypeName => "date and time";

    public static FeelDateTime OfInstant(DateTime utc, FeelZone zone) =>
        new(DateTime.SpecifyKind(utc + zone.OffsetAtInstant(utc), DateTimeKind.Unspecified), zone);

    public static FeelDateTime Of(DateOnly date, FeelTime time) => new(date.ToDateTime(time.Value), time.Zone);

    /// <summary>Reads <c>2026-12-01T10:30:00</c> with what a time may have; a date alone is its midnight, local.</summary>
    public static FeelDateTime? Parse(string text)
    {
        var separator = text.IndexOf('T', StringComparison.Ordinal);
        if (separator < 0)
            return FeelDate.Parse(text) is { } day ? new FeelDateTime(day.Value.ToDateTime(default), zone: null) : null;
        var date = FeelDate.Parse(text[..separator]);
        var time = FeelTime.Parse(text[separator..]);
        return date is null || time is null ? null : Of(date.Value, time);
    }

    public override FeelValue? Property(string name) =>
        FeelDate.PropertyOf(Date, name) ?? FeelTime.PropertyOf(TimeOfDay, Offset, zone, name);

    /// <summary>With the offset in place of the zone: ISO 8601, as every reader of JSON knows it.</summary>
    public string ToIso() => Clock + (Offset is { } offset ? FeelZone.FormatOffset(offset) : "");

    public override string ToString() => Clock + zone;

    private string Clock => local.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
