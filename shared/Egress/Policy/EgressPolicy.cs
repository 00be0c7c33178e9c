using System.Net;

namespace Integration.Egress;

/// <summary>
/// Decides which addresses may be called. Knows no protocol: whatever opens a socket asks it with the address that the
/// socket will be connected to, never with a name alone.
/// </summary>
public sealed class EgressPolicy
{
    private readonly EgressOptions _options;
    private readonly EgressRule[] _allow;
    private readonly EgressRule[] _deny;

    /// <summary>A policy that does not change any more.</summary>
    /// <exception cref="ArgumentException">A rule cannot be read.</exception>
    public EgressPolicy(EgressOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _allow = Rules(options.Allow);
        _deny = Rules(options.Deny);
    }

    /// <summary>Whether a socket may be connected to the address.</summary>
    /// <param name="host">As the caller wrote it: a name, or the address itself.</param>
    /// <param name="address">One of the addresses that the name has.</param>
    /// <param name="port">Of the target.</param>
    /// <returns>Null when it may.</returns>
    public EgressRefusal? Check(string host, IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(address);
        host = HostName.Normalise(host);
        address = HostName.Plain(address);
        IPAddress[] meanings = [address, .. EmbeddedAddresses.Of(address)];

        if (Array.Find(_deny, rule => meanings.Any(one => rule.Matches(host, one, port))) is { } denied)
            return new EgressRefusal(
                $"the rule '{denied.Text}' in Egress__Deny forbids it",
                "Remove the rule to allow it."
            );

        var special = meanings.Select(SpecialAddress.Of).OfType<SpecialAddress>().MinBy(one => one.Reach);
        if (special?.Reach == Reach.Never)
            return new EgressRefusal($"{address} is {special.Name}", "No setting allows this.");

        var matching = Array.FindAll(_allow, rule => rule.Matches(host, address, port));
        if (_allow.Length > 0 && matching.Length == 0)
            return new EgressRefusal(
                "no rule in Egress__Allow fits",
                $"Add '{HostName.WithPort(host, port)}' to Egress__Allow to allow it."
            );

        return special is null || IsAllowed(special.Reach) || Array.Exists(matching, rule => rule.Network is not null)
            ? null
            : new EgressRefusal(
                $"{address} is {special.Name}",
                $"Set Egress__Allow{special.Reach}=true to allow all such addresses, or add '{address}' to Egress__Allow to "
                    + "allow this one (a list in Egress__Allow is exclusive: add * to keep the others)."
            );
    }

    /// <summary>
    /// Whether a host may be called through a proxy, which asks the name service itself. An address is judged as ever; of a name
    /// only the name and the port can be judged, and not where it leads: that is the proxy's to do.
    /// </summary>
    /// <param name="host">As the caller wrote it.</param>
    /// <param name="port">Of the target.</param>
    /// <returns>Null when it may.</returns>
    public EgressRefusal? CheckBehindProxy(string host, int port)
    {
        ArgumentNullException.ThrowIfNull(host);
        host = HostName.Normalise(host);
        if (IPAddress.TryParse(host, out var literal))
            return Check(host, literal, port);
        if (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal))
            return Check(host, IPAddress.Loopback, port);
        if (new HostRules(_options.Deny).Find(host, port) is { } denied)
            return new EgressRefusal(
                $"the rule '{denied.Text}' in Egress__Deny forbids it",
                "Remove the rule to allow it."
            );
        return _allow.Length == 0 || new HostRules(_options.Allow).Contain(host, port)
            ? null
            : new EgressRefusal(
                "no rule in Egress__Allow fits its name, and a proxy asks the name service",
                $"Add '{HostName.WithPort(host, port)}' to Egress__Allow to allow it."
            );
    }

    /// <summary>
    /// Whether a socket may be connected to a server that the operator has named in the settings, such as a proxy: naming it
    /// allows it, wherever it is, but for addresses that nothing allows and rules that deny.
    /// </summary>
    /// <returns>Null when it may.</returns>
    internal EgressRefusal? CheckConfigured(string host, IPAddress address, int port)
    {
        host = HostName.Normalise(host);
        address = HostName.Plain(address);
        IPAddress[] meanings = [address, .. EmbeddedAddresses.Of(address)];
        if (Array.Find(_deny, rule => meanings.Any(one => rule.Matches(host, one, port))) is { } denied)
            return new EgressRefusal(
                $"the rule '{denied.Text}' in Egress__Deny forbids it",
                "Remove the rule to allow it."
            );
        var never = meanings.Select(SpecialAddress.Of).FirstOrDefault(one => one?.Reach == Reach.Never);
        return never is null ? null : new EgressRefusal($"{address} is {never.Name}", "No setting allows this.");
    }

    private bool IsAllowed(Reach reach) =>
        reach switch
        {
            Reach.Loopback => _options.AllowLoopback,
            Reach.Private => _options.AllowPrivate,
            _ => false,
        };

    private static EgressRule[] Rules(string list) =>
        [
            .. EgressRule
                .Split(list)
                .Select(text =>
                    EgressRule.TryParse(text, out var rule)
                        ? rule
                        : throw new ArgumentException($"'{text}' is no egress rule.", nameof(list))
                ),
        ];
}
