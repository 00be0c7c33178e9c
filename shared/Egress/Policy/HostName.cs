using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Integration.Egress;

/// <summary>Host names in one spelling, so that rules cannot be passed by with another.</summary>
public static class HostName
{
    /// <summary>Lower case, in the ASCII form, without the root's dot.</summary>
    public static string Normalise(string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        return name.All(char.IsAscii) ? name : new IdnMapping().GetAscii(name);
    }

    /// <summary><c>host:port</c>, with brackets around an IPv6 address.</summary>
    public static string WithPort(string host, int port) =>
        host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]:{port}" : $"{host}:{port}";

    /// <summary>IPv4 addresses as such, also when they come in IPv6 clothes.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true }
            ? address.MapToIPv4()
            : address;
}
