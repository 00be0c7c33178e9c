namespace Integration.Bus;

/// <summary>
/// A dependency is away and is tried again and again. A reader of the log wants to know that once, then
/// whether it is still so, and when it is over. Safe to use from many threads at once.
/// </summary>
public sealed class Outage(TimeProvider time)
{
    /// <summary>How long the same reason is not repeated.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>How many reasons are logged within a pause: one with an id or a duration in its text is another one each time.</summary>
    public const int MostReasons = 10;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _told = [];
    private volatile bool _isAway;
    private long _since;
    private long _toldAt;

    /// <summary>Whether this failure is news: the first, one for another reason, or the first after a long time.</summary>
    public bool ShouldLog(string reason)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_isAway)
            {
                _since = now;
                _isAway = true;
            }

            // Reasons may take turns.
            if (time.GetElapsedTime(_toldAt, now) >= Pause)
                _told.Clear();
            if (_told.Count >= MostReasons || !_told.Add(reason))
                return false;
            _toldAt = now;
            return true;
        }
    }

    /// <summary>It is back: how long it was away; null when it was not.</summary>
    public TimeSpan? End()
    {
        // Asked after everything that succeeds.
        if (!_isAway)
            return null;
        lock (_lock)
        {
            if (!_isAway)
                return null;
            _isAway = false;
            _told.Clear();
            return time.GetElapsedTime(_since);
        }
    }
}
