using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Integration.Fixtures;

/// <summary>One connection of a <see cref="TcpTarget"/>.</summary>
public sealed class TcpConversation : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly ConcurrentQueue<string> _requests;
    private readonly MemoryStream _unread = new();

    internal TcpConversation(Socket socket, int number, ConcurrentQueue<string> requests, CancellationToken stopping)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _requests = requests;
        Number = number;
        Stopping = stopping;
    }

    /// <summary>1 for the first connection.</summary>
    public int Number { get; }

    /// <summary>Signalled when the target is stopped.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>The next whole request, head and body; null when the caller has closed the connection.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        var buffer = new byte[8192];
        while (true)
        {
            if (TakeRequest() is { } request)
            {
                _requests.Enqueue(request);
                return request;
            }

            var read = await _stream.ReadAsync(buffer, Stopping);
            if (read == 0)
                return null;
            _unread.Write(buffer, 0, read);
        }
    }

    /// <summary>Reads until a head is whole, and leaves its body where it is; null when the caller has closed the connection.</summary>
    public async Task<string?> ReadHeadAsync()
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (await _stream.ReadAsync(one, Stopping) > 0)
        {
            head.Add(one[0]);
            if (one[0] == '\n' && Encoding.Latin1.GetString([.. head]).EndsWith("\r\n\r\n", StringComparison.Ordinal))
                return Encoding.Latin1.GetString([.. head]);
        }

        return null;
    }

    /// <summary>Reads so many bytes, e.g. of a body after its head.</summary>
    public async Task ReadAsync(int bytes) => await _stream.ReadExactlyAsync(new byte[bytes], Stopping);

    /// <summary>What comes until the caller ends the connection, in whatever way.</summary>
    public async Task<string> ReadRestAsync()
    {
        using var rest = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(rest, Stopping);
        }
        catch (IOException)
        {
            // Reset.
        }

        return Encoding.Latin1.GetString(rest.ToArray());
    }

    /// <summary>Writes text, ASCII.</summary>
    public Task WriteAsync(string text) => WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, Stopping);

    /// <summary>Ends the connection the hard way: the caller gets a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    /// <summary>Says nothing until the caller gives up, or the target is stopped.</summary>
    public async Task BeSilentAsync()
    {
        var buffer = new byte[8192];
        while (await _stream.ReadAsync(buffer, Stopping) > 0) { }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stream.Dispose();
        _unread.Dispose();
    }

    private string? TakeRequest()
    {
        var text = Encoding.Latin1.GetString(_unread.GetBuffer(), 0, (int)_unread.Length);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
            return null;
        var length = text[..head]
            .Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture))
            .FirstOrDefault();
        var end = head + 4 + length;
        if (text.Length < end)
            return null;
        _unread.SetLength(0);
        _unread.Write(Encoding.Latin1.GetBytes(text[end..]));
        return text[..end];
    }
}
