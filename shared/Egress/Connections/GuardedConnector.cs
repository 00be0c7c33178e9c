using System.Net;
using System.Net.Sockets;
using Integration.Errors;

namespace Integration.Egress;

/// <summary>
/// Opens sockets, to allowed addresses only. A name is resolved once; what was checked is what the socket is connected
/// to, so a name server that answers differently a moment later changes nothing.
/// </summary>
[RaisesFrom(typeof(ConnectErrors))]
public sealed class GuardedConnector(EgressPolicy policy, INameResolver resolver, TimeProvider time)
{
    /// <summary>A connected stream socket without delay of small packets; the caller owns it.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">Of the target.</param>
    /// <param name="timeout">For the name service and all addresses together.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="AccessErrorException">Refused by the policy, with code <c>egress-refused</c>.</exception>
    /// <exception cref="ConnectivityErrorException">
    /// Codes <c>host-not-found</c>, <c>connection-refused</c>, <c>unreachable</c>, <c>connect-timeout</c>. Nothing was sent.
    /// </exception>
    public Task<Socket> ConnectAsync(string host, int port, TimeSpan timeout, CancellationToken cancellation) =>
        ConnectAsync(host, port, policy.Check, timeout, cancellation);

    /// <summary>
    /// The same for a server that the operator has named in the settings, such as a proxy, and that may therefore be inside: see
    /// <see cref="EgressPolicy.CheckConfigured"/>.
    /// </summary>
    internal Task<Socket> ConnectConfiguredAsync(
        string host,
        int port,
        TimeSpan timeout,
        CancellationToken cancellation
    ) => ConnectAsync(host, port, policy.CheckConfigured, timeout, cancellation);

    private async Task<Socket> ConnectAsync(
        string host,
        int port,
        Func<string, IPAddress, int, EgressRefusal?> check,
        TimeSpan timeout,
        CancellationToken cancellation
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        using var patience = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var target = HostName.WithPort(host, port);
        try
        {
            var addresses = Allowed(host, port, check, await ResolveAsync(host, target, both.Token));
            return await FirstAsync(addresses, port, timeout, target, both.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw ConnectErrors.Timeout(target, timeout, e);
        }
    }

    /// <summary>
    /// The allowed addresses of a host, for a library that opens its sockets itself: it must be given an address from here
    /// and never the name, so that what was checked is what is connected.
    /// </summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">Of the target.</param>
    /// <param name="timeout">For the name service.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>At least one, in the order of the name service.</returns>
    /// <exception cref="AccessErrorException">Refused by the policy, with code <c>egress-refused</c>.</exception>
    /// <exception cref="ConnectivityErrorException">Codes <c>host-not-found</c>, <c>connect-timeout</c>.</exception>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(
        string host,
        int port,
        TimeSpan timeout,
        CancellationToken cancellation
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        using var patience = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var target = HostName.WithPort(host, port);
        try
        {
            return Allowed(host, port, policy.Check, await ResolveAsync(host, target, both.Token));
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw ConnectErrors.Timeout(target, timeout, e);
        }
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(
        string host,
        string target,
        CancellationToken cancellation
    )
    {
        try
        {
            var addresses = await resolver.ResolveAsync(HostName.Normalise(host), cancellation);
            return addresses.Count > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (SocketException e)
        {
            throw ConnectErrors.NotFound(host, target, e);
        }
    }

    private static List<IPAddress> Allowed(
        string host,
        int port,
        Func<string, IPAddress, int, EgressRefusal?> check,
        IReadOnlyList<IPAddress> addresses
    )
    {
        var checkedOnes = addresses.Select(address => (Address: address, Refusal: check(host, address, port))).ToList();
        var allowed = checkedOnes.Where(one => one.Refusal is null).Select(one => one.Address).ToList();
        return allowed.Count > 0
            ? allowed
            : throw ConnectErrors.Refused(HostName.WithPort(host, port), checkedOnes[0].Refusal!);
    }

    /// <summary>One after the other, each with its share of the time, so that a dead first address leaves time for the next.</summary>
    private async Task<Socket> FirstAsync(
        List<IPAddress> addresses,
        int port,
        TimeSpan timeout,
        string target,
        CancellationToken cancellation
    )
    {
        for (var i = 0; ; i++)
        {
            using var share = new CancellationTokenSource(timeout / addresses.Count, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, share.Token);
            var last = i == addresses.Count - 1;
            try
            {
                return await OpenAsync(addresses[i], port, last ? cancellation : both.Token);
            }
            catch (SocketException e) when (last)
            {
                throw ConnectErrors.Failed(target, addresses[i], e);
            }
            catch (Exception e)
                when (!last
                    && !cancellation.IsCancellationRequested
                    && e is SocketException or OperationCanceledException
                )
            {
                // The next address may work.
            }
        }
    }

    private static async Task<Socket> OpenAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
