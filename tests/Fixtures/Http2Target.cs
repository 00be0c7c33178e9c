using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Integration.Fixtures;

/// <summary>A target that speaks HTTP/2 frame by frame, as a script says: for what a well-behaved server never does.</summary>
public sealed class Http2Target : IAsyncDisposable
{
    private readonly Func<Http2Request, Task> _script;
    private readonly X509Certificate2 _certificate;
    private readonly bool _speaksOne;
    private readonly LoopbackListener _listener;
    private int _requests;

    private Http2Target(X509Certificate2 certificate, Func<Http2Request, Task> script, bool speaksOne)
    {
        _certificate = certificate;
        _script = script;
        _speaksOne = speaksOne;
        _listener = new LoopbackListener(TalkAsync);
    }

    /// <summary><c>https://127.0.0.1:port/</c>.</summary>
    public Uri Uri => new($"https://127.0.0.1:{_listener.Port}/");

    /// <summary>How many requests came over HTTP/2.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The names that callers asked for in TLS; empty for an address.</summary>
    public ConcurrentQueue<string> ServerNames { get; } = [];

    /// <summary>Starts it.</summary>
    /// <param name="certificate">Its own.</param>
    /// <param name="script">Played for each request, when that is whole.</param>
    /// <param name="speaksOne">Whether it takes HTTP/1.1 as well, where every answer is <c>200</c> and "one".</param>
    public static Http2Target Start(
        X509Certificate2 certificate,
        Func<Http2Request, Task> script,
        bool speaksOne = false
    ) => new(certificate, script, speaksOne);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task TalkAsync(Socket socket, CancellationToken stopping)
    {
        try
        {
            await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateSelectionCallback = (_, name) =>
                    {
                        ServerNames.Enqueue(name ?? "");
                        return _certificate;
                    },
                    ApplicationProtocols = _speaksOne
                        ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
                        : [SslApplicationProtocol.Http2],
                },
                stopping
            );
            if (tls.NegotiatedApplicationProtocol == SslApplicationProtocol.Http11)
                await AnswerOneAsync(tls, stopping);
            else
                await ServeAsync(tls, stopping);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or ObjectDisposedException
                        or OperationCanceledException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // The caller went away, or the target is stopped.
        }
    }

    private static async Task AnswerOneAsync(SslStream tls, CancellationToken stopping)
    {
        var buffer = new byte[8192];
        if (await tls.ReadAsync(buffer, stopping) > 0)
            await tls.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\none"u8.ToArray(),
                stopping
            );
    }

    private async Task ServeAsync(SslStream tls, CancellationToken stopping)
    {
        await tls.ReadExactlyAsync(new byte[24], stopping);
        await Http2Request.WriteAsync(tls, type: 4, flags: 0, stream: 0, default, stopping);
        var head = new byte[9];
        while (true)
        {
            await tls.ReadExactlyAsync(head, stopping);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await tls.ReadExactlyAsync(payload, stopping);
            var (type, flags) = (head[3], head[4]);
            var stream = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5));
            if (type is 0 or 1 && (flags & 1) != 0)
            {
                Interlocked.Increment(ref _requests);
                var request = new Http2Request(tls, stream, stopping);
                await _script(request);
                if (request.IsOver)
                    return;
            }
            else if (type is 4 or 6 && (flags & 1) == 0)
            {
                await Http2Request.WriteAsync(tls, type, flags: 1, 0, type == 6 ? payload : default, stopping);
            }
        }
    }
}

/// <summary>A request that an <see cref="Http2Target"/> got.</summary>
public sealed class Http2Request(Stream connection, int stream, CancellationToken stopping)
{
    /// <summary>Whether the connection is to be closed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Headers, and a body that need not fit to them.</summary>
    /// <param name="status">E.g. 200.</param>
    /// <param name="headers">By lower-case names.</param>
    /// <param name="body">As it is.</param>
    /// <param name="ends">Whether the stream ends behind it.</param>
    public async Task AnswerAsync(
        int status,
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        bool ends = true
    )
    {
        var block = new List<byte>();
        Write(block, ":status", $"{status}");
        foreach (var (name, value) in headers)
            Write(block, name, value);
        await WriteAsync(connection, type: 1, flags: 4, stream, block.ToArray(), stopping);
        for (var at = 0; at < body.Length; at += 16_000)
        {
            var piece = body.Slice(at, Math.Min(16_000, body.Length - at));
            await WriteAsync(connection, type: 0, flags: 0, stream, piece, stopping);
        }

        if (ends)
            await WriteAsync(connection, type: 0, flags: 1, stream, default, stopping);
    }

    /// <summary>RST_STREAM.</summary>
    public Task ResetAsync(int code)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, code);
        return WriteAsync(connection, type: 3, flags: 0, stream, payload, stopping);
    }

    /// <summary>GOAWAY, and the end of the connection.</summary>
    /// <param name="withThis">Whether this request is among those that were begun.</param>
    public async Task GoAwayAsync(bool withThis)
    {
        var payload = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(
            payload,
            withThis ? stream
                : stream - 2 < 0 ? 0
                : stream - 2
        );
        await WriteAsync(connection, type: 7, flags: 0, stream: 0, payload, stopping);
        IsOver = true;
    }

    /// <summary>Ends the connection as it is.</summary>
    public void Close() => IsOver = true;

    internal static async Task WriteAsync(
        Stream connection,
        byte type,
        byte flags,
        int stream,
        ReadOnlyMemory<byte> payload,
        CancellationToken stopping
    )
    {
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsMemory(9));
        await connection.WriteAsync(frame, stopping);
    }

    // A literal with a new name, not indexed (RFC 7541, 6.2.2), in Latin-1.
    private static void Write(List<byte> block, string name, string value)
    {
        block.Add(0);
        foreach (var text in new[] { name, value })
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            if (bytes.Length < 127)
            {
                block.Add((byte)bytes.Length);
            }
            else
            {
                block.Add(127);
                var rest = bytes.Length - 127;
                for (; rest >= 128; rest /= 128)
                    block.Add((byte)(rest % 128 + 128));
                block.Add((byte)rest);
            }

            block.AddRange(bytes);
        }
    }
}
