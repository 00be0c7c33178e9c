using Integration.Ldap.Servers;

namespace Integration.Ldap.Sessions;

/// <summary>Sessions that are not in use. The last used is taken first, so that those too many grow old.</summary>
internal sealed class IdleSessions(int mostOfEach)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string, SessionPurpose), LinkedList<LdapSession>> _sessions = [];
    private bool _closed;

    public LdapSession? Take(LdapServer server, SessionPurpose purpose)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue((server.Name, purpose), out var list) || list.Last is not { } last)
                return null;
            list.RemoveLast();
            return last.Value;
        }
    }

    /// <summary>False when there are enough.</summary>
    public bool TryAdd(LdapServer server, SessionPurpose purpose, LdapSession session)
    {
        lock (_lock)
        {
            if (_closed)
                return false;
            if (!_sessions.TryGetValue((server.Name, purpose), out var list))
                _sessions[(server.Name, purpose)] = list = [];
            if (list.Count >= mostOfEach)
                return false;
            list.AddLast(session);
            return true;
        }
    }

    /// <summary>Takes those that have not been used for so long.</summary>
    public IReadOnlyList<LdapSession> TakeOlder(TimeSpan age)
    {
        var old = new List<LdapSession>();
        lock (_lock)
        {
            foreach (var list in _sessions.Values)
            {
                while (list.First is { } first && (first.Value.IdleFor >= age || first.Value.WasSpokenTo))
                {
                    old.Add(first.Value);
                    list.RemoveFirst();
                }
            }
        }

        return old;
    }

    /// <summary>Takes all of them, and no more.</summary>
    public IReadOnlyList<LdapSession> Close()
    {
        lock (_lock)
        {
            _closed = true;
            List<LdapSession> all = [.. _sessions.Values.SelectMany(list => list)];
            _sessions.Clear();
            return all;
        }
    }
}
