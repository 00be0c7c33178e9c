using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Integration.Fixtures;

/// <summary>Takes connections on a port of its own on loopback until it is stopped, and talks on each of them.</summary>
public sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly Func<Socket, CancellationToken, Task> _talk;
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    /// <param name="talk">Owns the socket; ends, and not with an exception, when the token is signalled.</param>
    public LoopbackListener(Func<Socket, CancellationToken, Task> talk)
    {
        _talk = talk;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_conversations);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _conversations.Add(_talk(await _listener.AcceptSocketAsync(_stopping.Token), _stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // It is stopped.
        }
    }
}
