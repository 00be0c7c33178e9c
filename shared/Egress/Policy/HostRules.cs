using System.Net;

namespace Integration.Egress;

/// <summary>
/// Rules about what a caller wrote as host, without asking the name service: a rule with an address is for callers of the
/// address, and for no name.
/// </summary>
internal sealed class HostRules
{
    private readonly List<EgressRule> _rules = [];

    /// <summary>What is no rule is left out: settings were checked at start.</summary>
    public HostRules(string list)
    {
        foreach (var text in EgressRule.Split(list))
        {
            if (EgressRule.TryParse(text, out var rule))
                _rules.Add(rule);
        }
    }

    public bool Contain(string host, int port) => Find(host, port) is not null;

    /// <summary>The first that fits; null when none does.</summary>
    public EgressRule? Find(string host, int port)
    {
        host = HostName.Normalise(host);
        var address = IPAddress.TryParse(host, out var parsed) ? HostName.Plain(parsed) : null;
        return _rules.Find(rule =>
            (rule.Network is null || address is not null) && rule.Matches(host, address ?? IPAddress.None, port)
        );
    }
}
