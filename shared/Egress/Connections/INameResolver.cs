using System.Net;

namespace Integration.Egress;

/// <summary>Turns names into addresses.</summary>
public interface INameResolver
{
    /// <summary>All addresses of a host; an address stands for itself.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is not known, or no name server could be asked.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation);
}

/// <summary>The name service of the operating system.</summary>
public sealed class SystemNameResolver : INameResolver
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
        IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellation);
}
