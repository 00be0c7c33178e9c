using System.Net;
using System.Net.Sockets;

namespace Integration.Fixtures;

/// <summary>
/// Free TCP ports on loopback, below the range from which the system takes the ports of outgoing connections: a server
/// that is stopped and started again finds its port still free.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int End = 32_000;

    private static readonly Lock _lock = new();
    private static readonly HashSet<int> _taken = [];

    /// <summary>A port that nothing listens on, and that this process was not given before.</summary>
    public static int Next()
    {
        lock (_lock)
        {
            for (var tries = 0; tries < 1_000; tries++)
            {
                var port = Random.Shared.Next(First, End);
                if (!_taken.Contains(port) && IsFree(port))
                {
                    _taken.Add(port);
                    return port;
                }
            }
        }

        throw new InvalidOperationException($"No free port between {First} and {End}.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
