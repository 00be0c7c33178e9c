using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Integration.Fixtures;

/// <summary>An external system on loopback that is scripted byte by byte: for what a well-behaved server never does.</summary>
public sealed class TcpTarget : IAsyncDisposable
{
    private readonly Func<TcpConversation, Task> _script;
    private readonly LoopbackListener _listener;
    private int _connections;

    private TcpTarget(Func<TcpConversation, Task> script)
    {
        _script = script;
        _listener = new LoopbackListener(TalkAsync);
    }

    /// <summary>Where it listens.</summary>
    public int Port => _listener.Port;

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
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task TalkAsync(Socket socket, CancellationToken stopping)
    {
        var number = Interlocked.Increment(ref _connections);
        using var conversation = new TcpConversation(socket, number, Requests, stopping);
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
