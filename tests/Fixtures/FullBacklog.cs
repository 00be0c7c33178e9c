using System.Net;
using System.Net.Sockets;

namespace Integration.Fixtures;

/// <summary>A port on which connections are neither accepted nor refused: its queue of waiting ones is full.</summary>
public sealed class FullBacklog : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    public FullBacklog()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        while (Fill()) { }
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var socket in _waiting)
            socket.Dispose();
    }

    private bool Fill()
    {
        if (_waiting.Count > 100)
            throw new InvalidOperationException("The queue of waiting connections does not become full.");
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _waiting.Add(socket);
        return socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port)).Wait(TimeSpan.FromMilliseconds(200));
    }
}
