using System.Collections.Concurrent;

namespace Integration.Http;

/// <summary>The last challenge of each target for each user, so that not every request is refused first.</summary>
internal sealed class DigestSessions
{
    private const int KeptAtMost = 1_000;

    private readonly ConcurrentDictionary<string, DigestSession> _sessions = new(StringComparer.Ordinal);

    public DigestSession? Find(Uri target, string user) => _sessions.GetValueOrDefault(Key(target, user));

    public void Keep(Uri target, string user, DigestSession session)
    {
        // Those that are needed come back with the next challenge.
        if (_sessions.Count >= KeptAtMost)
            _sessions.Clear();
        _sessions[Key(target, user)] = session;
    }

    private static string Key(Uri target, string user) => $"{target.GetLeftPart(UriPartial.Authority)} {user}";
}
