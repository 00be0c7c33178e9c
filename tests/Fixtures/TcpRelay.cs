using System.Net;
using System.Net.Sockets;

namespace Integration.Fixtures;

/// <summary>Stands between a caller and a real server on loopback, and breaks the connection at a moment that a test chooses.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly int _server;
    private readonly LoopbackListener _listener;
    private volatile bool _cut;
    private int _silent;

    private TcpRelay(int server)
    {
        _server = server;
        _listener = new LoopbackListener(RelayAsync);
    }

    /// <summary>Where it listens.</summary>
    public int Port => _listener.Port;

    /// <summary>When the caller sends bytes with this text in them, the connection is reset and the server gets nothing of it.</summary>
    public byte[]? CutBefore { get; set; }

    /// <summary>When the caller sends bytes with this text in them, the server gets them; its answer is lost, and the connection reset.</summary>
    public byte[]? CutAnswerTo { get; set; }

    /// <summary>What the caller gets in the place of the answer that was lost, before the connection ends: what a proxy says.</summary>
    public byte[]? AnswerInstead { get; set; }

    /// <summary>Whether nobody gets a connection any more once one was cut.</summary>
    public bool StayCut { get; set; }

    /// <summary>Whether nobody gets a connection: a server that is away.</summary>
    public bool Refuse { get; set; }

    /// <summary>When the caller sends bytes with this text in them, nobody gets anything any more, and the connection stays.</summary>
    public byte[]? FallSilentAt { get; set; }

    /// <summary>How many connections have fallen silent.</summary>
    public int Silent => Volatile.Read(ref _silent);

    /// <summary>Starts it before a server.</summary>
    /// <param name="server">The server's port.</param>
    public static TcpRelay Start(int server) => new(server);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task RelayAsync(Socket caller, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (caller)
        {
            try
            {
                if (Refuse || (_cut && StayCut))
                {
                    Reset(caller);
                    return;
                }

                caller.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _server, ended.Token);
                var muted = new Muted();
                await Task.WhenAny(
                    AskAsync(caller, server, muted, ended.Token),
                    AnswerAsync(server, caller, muted, ended.Token)
                );
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // One of them is gone.
            }

            await ended.CancelAsync();
        }
    }

    private async Task AskAsync(Socket caller, Socket server, Muted muted, CancellationToken ended)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await caller.ReceiveAsync(buffer, ended)) > 0)
        {
            var bytes = buffer.AsMemory(0, read);
            if (Holds(bytes, CutBefore))
            {
                Reset(caller);
                return;
            }

            if (Holds(bytes, FallSilentAt))
            {
                Interlocked.Increment(ref _silent);
                await Task.Delay(Timeout.Infinite, ended);
            }

            if (Holds(bytes, CutAnswerTo))
            {
                muted.Answered = new TaskCompletionSource();
                await server.SendAsync(bytes, ended);
                await muted.Answered.Task.WaitAsync(ended);
                if (AnswerInstead is { } other)
                    await caller.SendAsync(other, ended);
                else
                    Reset(caller);
                return;
            }

            await server.SendAsync(bytes, ended);
        }
    }

    private static async Task AnswerAsync(Socket server, Socket caller, Muted muted, CancellationToken ended)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await server.ReceiveAsync(buffer, ended)) > 0)
        {
            if (muted.Answered is { } answered)
            {
                answered.TrySetResult();
                await Task.Delay(Timeout.Infinite, ended);
            }

            await caller.SendAsync(buffer.AsMemory(0, read), ended);
        }
    }

    private static bool Holds(ReadOnlyMemory<byte> bytes, byte[]? text) =>
        text is not null && bytes.Span.IndexOf(text) >= 0;

    private void Reset(Socket socket)
    {
        _cut = true;
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    private sealed class Muted
    {
        public TaskCompletionSource? Answered { get; set; }
    }
}
