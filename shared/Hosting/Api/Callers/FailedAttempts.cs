using System.Net;
using System.Net.Sockets;
using System.Numerics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integration.Hosting;

/// <summary>
/// Wrong tokens, by the address that sends them: their answers take longer and longer, and they are logged. A right one is
/// never slowed, also from the same address, so that no caller can lock out the others behind a proxy.
/// </summary>
internal sealed class FailedAttempts(TimeProvider time, ILogger<FailedAttempts> log)
{
    /// <summary>The longest pause before an answer.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <summary>After so long without another one an address starts anew.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    /// <summary>Addresses that are remembered; the one that was quiet longest is forgotten first.</summary>
    public const int MostAddresses = 10_000;

    private const int Free = 3;
    private const int MostWaiting = 64;
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, LinkedListNode<Attempts>> _byAddress = [];
    private readonly LinkedList<Attempts> _byAge = new();
    private int _waiting;

    /// <summary>Notes a wrong token, and waits. False when so many wait already that this one is to be answered at once.</summary>
    public async Task<bool> SlowDownAsync(HttpContext context, string reason)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var count = Add(address);
        // A line for each would be a way to fill the disk.
        if (BitOperations.IsPow2(count))
            log.LogWarning(
                "{Address} has sent a token that is not taken ({Reason}); {Count} in a row.",
                address,
                reason,
                count
            );
        var pause = PauseAfter(count);
        if (pause == TimeSpan.Zero)
            return true;
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        try
        {
            await Task.Delay(pause, time, context.RequestAborted);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>How many that makes from an address.</summary>
    internal int Add(IPAddress address)
    {
        var key = Network(address);
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_byAddress.Remove(key, out var known))
                _byAge.Remove(known);
            var count = known is null || now - known.Value.Last > Memory ? 1 : known.Value.Count + 1;
            _byAddress[key] = _byAge.AddLast(new Attempts(key, count, now));
            if (_byAddress.Count > MostAddresses)
            {
                _byAddress.Remove(_byAge.First!.Value.Address);
                _byAge.RemoveFirst();
            }

            return count;
        }
    }

    /// <summary>How many addresses are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
                return _byAddress.Count;
        }
    }

    /// <summary>None for the first three, then twice as long each time.</summary>
    internal static TimeSpan PauseAfter(int count) =>
        count <= Free ? TimeSpan.Zero
        : count - Free > 10 ? LongestPause
        : TimeSpan.FromTicks(Math.Min(_firstPause.Ticks << (count - Free - 1), LongestPause.Ticks));

    // A caller with one address of IPv6 has the 2^64 of its network.
    private static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private sealed record Attempts(IPAddress Address, int Count, DateTimeOffset Last);
}
