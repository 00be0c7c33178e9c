using System.Net;
using System.Net.Sockets;

namespace Integration.Egress;

/// <summary>
/// The IPv4 addresses that an IPv6 address stands for. A gateway turns such an address into its IPv4 target, so it must
/// be judged as that target too.
/// </summary>
internal static class EmbeddedAddresses
{
    private static readonly IPNetwork _compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork _sixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork _teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork _translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork _translatedLocally = IPNetwork.Parse("64:ff9b:1::/48");

    /// <summary>None for IPv4, and for IPv6 that embeds nothing.</summary>
    public static IEnumerable<IPAddress> Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            yield break;

        var bytes = address.GetAddressBytes();
        if (address.IsIPv4MappedToIPv6)
            yield return address.MapToIPv4();
        if (_compatible.Contains(address) && !IPAddress.IsLoopback(address) && !address.Equals(IPAddress.IPv6Any))
            yield return At(bytes, 12);
        if (_sixToFour.Contains(address))
            yield return At(bytes, 2);
        if (_translated.Contains(address))
            yield return At(bytes, 12);
        if (_translatedLocally.Contains(address))
        {
            // RFC 6052, 2.2: two bytes, a zero byte, two bytes; or the last four where the prefix was made longer.
            yield return new IPAddress([bytes[6], bytes[7], bytes[9], bytes[10]]);
            yield return At(bytes, 12);
        }

        if (_teredo.Contains(address))
        {
            yield return At(bytes, 4);
            yield return new IPAddress([.. bytes[12..].Select(part => (byte)~part)]);
        }

        // ISATAP: an interface identifier of ::0:5efe:a.b.c.d or ::200:5efe:a.b.c.d under any prefix.
        if (bytes is [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5e, 0xfe, _, _, _, _])
            yield return At(bytes, 12);
    }

    private static IPAddress At(byte[] bytes, int start) => new(bytes.AsSpan(start, 4));
}
