using System.Globalization;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>A fixed offset from UTC, or a time zone of the IANA database.</summary>
internal sealed class FeelZone
{
    public static readonly FeelZone Utc = new(TimeSpan.Zero, zone: null);

    /// <summary>Beyond it there are no offsets: 18 hours.</summary>
    public static readonly TimeSpan LargestOffset = TimeSpan.FromHours(18);

    private readonly TimeSpan _offset;
    private readonly TimeZoneInfo? _zone;

    private FeelZone(TimeSpan offset, TimeZoneInfo? zone)
    {
        _offset = offset;
        _zone = zone;
    }

    /// <summary>The id of the zone, e.g. <c>Europe/Paris</c>; null for an offset.</summary>
    public string? Id => _zone?.Id;

    public static FeelZone OfOffset(TimeSpan offset) =>
        offset == TimeSpan.Zero ? Utc : new FeelZone(offset, zone: null);

    /// <summary>Reads <c>Z</c>, <c>+01:00</c> or <c>@Europe/Paris</c>; null when it is none of them or unknown here.</summary>
    public static FeelZone? Parse(string text) =>
        text switch
        {
            "Z" or "z" => Utc,
            ['@', .. var id] => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
                ? new FeelZone(TimeSpan.Zero, zone)
                : null,
            _ => ParseOffset(text),
        };

    /// <summary>The zone of a name such as <c>Europe/Paris</c>, or an offset; null when it is not known here.</summary>
    public static FeelZone? Named(string name) => Parse($"@{name}") ?? Parse(name);

    /// <summary>The offset in force at a local time.</summary>
    public TimeSpan OffsetAt(DateTime local) => _zone?.GetUtcOffset(local) ?? _offset;

    public TimeSpan OffsetAtInstant(DateTime utc) =>
        _zone?.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) ?? _offset;

    /// <summary>As the language writes it: <c>Z</c>, <c>+01:00</c> or <c>@Europe/Paris</c>.</summary>
    public override string ToString() => _zone is null ? FormatOffset(_offset) : $"@{_zone.Id}";

    public static string FormatOffset(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero)
            return "Z";
        var format = offset.Seconds == 0 ? @"hh\:mm" : @"hh\:mm\:ss";
        return (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(format, CultureInfo.InvariantCulture);
    }

    private static FeelZone? ParseOffset(string text)
    {
        var formats = new[] { @"hh\:mm", @"hh\:mm\:ss" };
        if (
            text is not (['+' or '-', ..])
            || !TimeSpan.TryParseExact(text.AsSpan(1), formats, CultureInfo.InvariantCulture, out var offset)
            || offset > LargestOffset
        )
            return null;
        return OfOffset(text[0] == '-' ? -offset : offset);
    }
}
