using System.Globalization;

namespace Integration.Soap.Security;

/// <summary>A moment as WS-Security writes it: in UTC, with milliseconds, always as long.</summary>
internal static class Instant
{
    public static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
