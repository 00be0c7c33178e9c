using System.Net;

namespace Integration.Egress;

/// <summary>How far an address reaches, and so what must be configured before it is called.</summary>
internal enum Reach
{
    /// <summary>No setting allows it.</summary>
    Never,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>Not routed on the internet.</summary>
    Private,
}

/// <summary>A network that is no ordinary public one, from the special-purpose registries of IANA.</summary>
internal sealed record SpecialAddress(IPNetwork Network, Reach Reach, string Name)
{
    // The first that contains an address decides; single addresses stand before the networks around them.
    private static readonly SpecialAddress[] _table =
    [
        Never("100.100.100.200/32", "a cloud's metadata service"),
        Never("168.63.129.16/32", "a cloud's platform service"),
        Never("192.0.0.192/32", "a cloud's metadata service"),
        Never("fd00:ec2::254/128", "a cloud's metadata service"),
        Never("fd20:ce::254/128", "a cloud's metadata service"),
        Never("0.0.0.0/8", "no address of a host"),
        Never("169.254.0.0/16", "link-local, where clouds serve metadata and credentials"),
        Never("224.0.0.0/4", "multicast"),
        Never("240.0.0.0/4", "reserved or broadcast"),
        Never("::/128", "no address of a host"),
        Never("fe80::/10", "link-local"),
        Never("ff00::/8", "multicast"),
        new(IPNetwork.Parse("127.0.0.0/8"), Reach.Loopback, "loopback"),
        new(IPNetwork.Parse("::1/128"), Reach.Loopback, "loopback"),
        Private("10.0.0.0/8"),
        Private("172.16.0.0/12"),
        Private("192.168.0.0/16"),
        Private("100.64.0.0/10"),
        Private("192.0.0.0/24"),
        Private("198.18.0.0/15"),
        Private("fc00::/7"),
        Private("fec0::/10"),
        Private("64:ff9b:1::/48"),
    ];

    /// <summary>Null for an ordinary public address.</summary>
    public static SpecialAddress? Of(IPAddress address) =>
        Array.Find(_table, special => special.Network.Contains(address));

    private static SpecialAddress Never(string network, string name) =>
        new(IPNetwork.Parse(network), Reach.Never, name);

    private static SpecialAddress Private(string network) =>
        new(IPNetwork.Parse(network), Reach.Private, "a private address");
}
