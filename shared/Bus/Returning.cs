namespace Integration.Bus;

/// <summary>
/// How long a delivery is held before it is returned once more, so that a fault of a few seconds does not use up the
/// delivery limit in milliseconds. At the default limit of 20 a fault may last about 25 seconds.
/// </summary>
internal static class Returning
{
    /// <summary>The longest of all.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(20);

    /// <param name="returns">How often it was returned before.</param>
    public static TimeSpan Pause(int returns) =>
        returns <= 0
            ? TimeSpan.Zero
            : TimeSpan.FromTicks(Math.Min(_first.Ticks << Math.Min(returns - 1, 16), Longest.Ticks));
}
