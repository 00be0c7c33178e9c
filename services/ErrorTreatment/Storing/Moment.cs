namespace Integration.ErrorTreatment.Storing;

/// <summary>Points in time from their columns.</summary>
internal static class Moment
{
    public static DateTimeOffset From(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? From(long? milliseconds) => milliseconds is { } value ? From(value) : null;
}
