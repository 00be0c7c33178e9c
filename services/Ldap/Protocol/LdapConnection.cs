using System.Formats.Asn1;
using System.Net.Security;
using System.Net.Sockets;
using Integration.Egress;
using Integration.Errors;

namespace Integration.Ldap.Protocol;

/// <summary>
/// Messages to a directory server and from it, one request at a time. Every failure says whether the request may have had
/// its effect.
/// </summary>
internal sealed class LdapConnection(Socket socket, string host, string target, int largestMessage, TimeProvider time)
    : IAsyncDisposable
{
    private byte[] _buffer = new byte[32 * 1024];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;
    private int _lastId;
    private bool _changes;

    public string Target => target;

    /// <summary>Once something has failed halfway the connection cannot be used any more.</summary>
    public bool Broken { get; private set; }

    /// <summary>A whole request was handed to the network, and its end is not known yet.</summary>
    public bool Unanswered { get; private set; }

    /// <summary>The same of a request that changes something.</summary>
    public bool InDoubt => Unanswered && _changes;

    /// <summary>Whether something came while no request was open: the end, or the server's last words.</summary>
    public bool WasSpokenTo
    {
        get
        {
            try
            {
                return Broken || _start != _end || socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return true;
            }
        }
    }

    public async Task SecureAsync(CertificateCheck certificates, TimeSpan limit, CancellationToken cancellation)
    {
        // What came in the clear behind the answer to StartTLS was put there by an attacker.
        if (_start != _end)
            throw LdapErrors.Tls(target, "it sent more than its answer before TLS began.");
        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        await InTimeAsync(
            token =>
                TlsHandshake.RunAsync(
                    secured,
                    host,
                    target,
                    certificates,
                    (reason, cause) => LdapErrors.Tls(target, reason, cause),
                    token
                ),
            limit,
            cancellation
        );
    }

    /// <summary>Sends a request. When the network refuses it, the server cannot have all of it, and nothing was done.</summary>
    public async Task SendAsync(LdapRequest request, TimeSpan limit, CancellationToken cancellation)
    {
        _lastId = _lastId == int.MaxValue ? 1 : _lastId + 1;
        _changes = request.Changes;
        var bytes = request.Encode(_lastId);
        await InTimeAsync(
            async token =>
            {
                try
                {
                    await _stream.WriteAsync(bytes, token);
                    await _stream.FlushAsync(token);
                    Unanswered = true;
                }
                catch (OperationCanceledException)
                {
                    Unanswered = true;
                    throw;
                }
            },
            limit,
            cancellation
        );
    }

    /// <summary>The next answer to the last request.</summary>
    public async Task<LdapMessage> ReceiveAsync(TimeSpan limit, CancellationToken cancellation)
    {
        // Of a page of entries most are here already.
        var message = TakeMessage();
        if (message is null)
            await InTimeAsync(async token => message = await ReadAsync(token), limit, cancellation);
        if (message!.Id == _lastId)
            return message;
        Broken = true;
        throw message.Id == 0
            ? LdapErrors.Disconnected(target, Decode(() => message.Result(LdapTags.ExtendedResponse)), InDoubt)
            : LdapErrors.Malformed(target, "an answer to what was not asked", InDoubt);
    }

    /// <summary>Reads what came; when it cannot be read, the connection is of no more use.</summary>
    public T Decode<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AsnContentException e)
        {
            Broken = true;
            throw LdapErrors.Malformed(target, "what is no LDAP", InDoubt, e);
        }
    }

    /// <summary>The last request is answered.</summary>
    public void Settle() => Unanswered = false;

    /// <summary>Nothing more can be said on it.</summary>
    public void Abandon() => Broken = true;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task InTimeAsync(Func<CancellationToken, Task> work, TimeSpan limit, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var done = false;
        try
        {
            await work(both.Token);
            done = true;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw LdapErrors.Timeout(target, limit, InDoubt, e);
        }
        catch (OperationCanceledException e) when (!InDoubt)
        {
            throw new CancelledWithoutEffectException(e);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw LdapErrors.Lost(target, "ended the connection", InDoubt, e);
        }
        finally
        {
            Broken |= !done;
        }
    }

    private async Task<LdapMessage> ReadAsync(CancellationToken cancellation)
    {
        LdapMessage? message;
        while ((message = TakeMessage()) is null)
            await FillAsync((int?)Length() ?? 2, cancellation);
        return message;
    }

    /// <summary>The next message, when all of it has come.</summary>
    private LdapMessage? TakeMessage()
    {
        if (Length() is not { } length || _end - _start < length)
            return null;
        var bytes = _buffer.AsSpan(_start, (int)length).ToArray();
        _start += bytes.Length;
        return Decode(() => LdapMessage.Read(bytes));
    }

    /// <summary>The length of the next message, when its beginning has come.</summary>
    private long? Length()
    {
        var length = Decode(() => MessageFrame.Length(_buffer.AsSpan(_start, _end - _start)));
        if (length is not { } size || size <= largestMessage)
            return length;
        Broken = true;
        throw LdapErrors.TooLarge(target, size, largestMessage, InDoubt);
    }

    /// <summary>Reads some more bytes, with room for a message of this length.</summary>
    private async Task FillAsync(int length, CancellationToken cancellation)
    {
        if (_start == _end)
            (_start, _end) = (0, 0);
        if (_buffer.Length - _start < Math.Max(length, _end - _start + 1))
        {
            var room = _buffer.Length >= length && _start > 0 ? _buffer : new byte[Math.Max(length, _buffer.Length)];
            _buffer.AsSpan(_start, _end - _start).CopyTo(room);
            (_buffer, _start, _end) = (room, 0, _end - _start);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        if (read == 0)
            throw LdapErrors.Lost(target, "ended the connection instead of answering", InDoubt, cause: null);
        _end += read;
    }
}
