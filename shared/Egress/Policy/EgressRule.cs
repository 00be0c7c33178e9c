using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Integration.Egress;

/// <summary>One entry of an allow or deny list: a host pattern or a network, with or without a port.</summary>
internal sealed record EgressRule(string Text, string? Host, IPNetwork? Network, int? Port)
{
    public static IEnumerable<string> Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static bool TryParse(string text, [NotNullWhen(true)] out EgressRule? rule)
    {
        rule = null;
        if (!TrySplitPort(text, out var place, out var port))
            return false;

        if (place.Contains('/', StringComparison.Ordinal))
        {
            if (IPNetwork.TryParse(place, out var network))
                rule = new EgressRule(text, null, network, port);
        }
        else if (IPAddress.TryParse(place, out var address))
        {
            rule = new EgressRule(text, null, new IPNetwork(address, address.GetAddressBytes().Length * 8), port);
        }
        else if (IsHostPattern(place))
        {
            rule = new EgressRule(text, HostName.Normalise(place), null, port);
        }

        return rule is not null;
    }

    public bool Matches(string host, IPAddress address, int port) =>
        (Port is null || Port == port) && (Network is { } network ? network.Contains(address) : MatchesHost(host));

    private bool MatchesHost(string host) =>
        Host == "*"
        || (
            Host!.StartsWith("*.", StringComparison.Ordinal)
                ? host.Length > Host.Length - 1 && host.EndsWith(Host[1..], StringComparison.Ordinal)
                : host == Host
        );

    private static bool IsHostPattern(string place) =>
        place == "*"
        || Uri.CheckHostName(place.StartsWith("*.", StringComparison.Ordinal) ? place[2..] : place)
            == UriHostNameType.Dns;

    // host:443, [fd12::1]:443, fd12::1: a colon divides a port off only where it cannot belong to an address.
    private static bool TrySplitPort(string text, out string place, out int? port)
    {
        place = text;
        port = null;
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        if (end > 0)
        {
            place = text[1..end];
            text = text[(end + 1)..];
            if (text.Length == 0)
                return true;
            if (text[0] != ':')
                return false;
            return TryPort(text[1..], out port);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || text.IndexOf(':', colon + 1) >= 0)
            return true;
        place = text[..colon];
        return TryPort(text[(colon + 1)..], out port);
    }

    private static bool TryPort(string text, out int? port)
    {
        port = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return port > 0;
    }
}
