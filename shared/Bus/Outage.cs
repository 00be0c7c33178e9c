namespace Integration.Bus;

/// <summary>
/// Something that others need is away, and is asked for again and again: whoever reads the log wants to know that once, then
/// whether it is still so, and when it is over.
/// </summary>
public sealed class Outage(TimeProvider time)
{
    /// <summary>How long the same reason is not repeated.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> _told = [];
    private long? _since;
    private long _toldAt;

    /// <summary>Whether this failure is news: the first, one for another reason, or the first after a long time.</summary>
    public bool IsToBeTold(string reason)
    {
        var now = time.GetTimestamp();
        _since ??= now;
        // Reasons may take turns.
        if (time.GetElapsedTime(_toldAt, now) >= Pause)
            _told.Clear();
        if (!_told.Add(reason))
            return false;
        _toldAt = now;
        return true;
    }

    /// <summary>It is back: how long it was away; null when it was not.</summary>
    public TimeSpan? End()
    {
        TimeSpan? lasted = _since is { } since ? time.GetElapsedTime(since) : null;
        _since = null;
        _told.Clear();
        return lasted;
    }
}
