using System.Globalization;

namespace Integration.ProcessCore.Definitions;

/// <summary>An ISO 8601 date and time. Without an offset it is taken as UTC.</summary>
internal static class Moment
{
    /// <summary>Reads e.g. <c>2026-12-01T10:00:00Z</c>, <c>2026-12-01</c> or <c>2026-12-01T10:00:00@Europe/Lisbon</c>.</summary>
    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null || text.Length < 10 || !char.IsAsciiDigit(text[0]))
            return false;
        var zone = text.IndexOf('@', StringComparison.Ordinal);
        return zone < 0
            ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment)
            : TryParseInZone(text[..zone], text[(zone + 1)..], out moment);
    }

    private static bool TryParseInZone(string local, string zoneId, out DateTimeOffset moment)
    {
        moment = default;
        if (
            !TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone)
            || !DateTime.TryParse(local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        )
            return false;
        moment = new DateTimeOffset(time, zone.GetUtcOffset(time));
        return true;
    }
}
