using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Integration.Fixtures;

/// <summary>An external system on loopback that is scripted byte by byte: for what a well-behaved server never does.</summary>
public sealed class TcpTarget : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<TcpConversation, Task> _script;
    private readonly ConcurrentBag<Task> _conversations = [];
    private readonly Task _accepting;
    private int _connections;

    private TcpTarget(Func<TcpConversation, Task> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary><c>http://127.0.0.1:port/</c>.</summary>
    public Uri Uri => new($"http://127.0.0.1:{Port}/");

    /// <summary>How many connections came.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Every request that was read with <see cref="TcpConversation.ReadRequestAsync"/>.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Starts it; the script is played on each connection.</summary>
    public static TcpTarget Start(Func<TcpConversation, Task> script) => new(script);

    /// <summary>Answers every request on a connection with these bytes.</summary>
    public static TcpTarget Answering(string answer) =>
        Start(async conversation =>
        {
            while (await conversation.ReadRequestAsync() is not null)
                await conversation.WriteAsync(answer);
        });

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
                _conversations.Add(TalkAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            // The target is stopped.
        }
    }

    private async Task TalkAsync(Socket socket)
    {
        var number = Interlocked.Increment(ref _connections);
        using var conversation = new TcpConversation(socket, number, Requests, _stopping.Token);
        try
        {
            await _script(conversation);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The caller went away, or the target is stopped.
        }
    }
}
