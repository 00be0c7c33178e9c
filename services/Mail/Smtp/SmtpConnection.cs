using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Integration.Egress;

namespace Integration.Mail.Smtp;

/// <summary>Lines to a mail server and answers from it. Every failure says whether the mail may have been taken.</summary>
internal sealed class SmtpConnection(Socket socket, string host, string target, TimeProvider time) : IAsyncDisposable
{
    private const int LongestLine = 4096;
    private const int MostLines = 128;

    private readonly byte[] _buffer = new byte[LongestLine];
    private readonly List<string> _secrets = [];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;

    public string Target => target;

    /// <summary>E.g. <c>[192.0.2.1]</c>: how one without a name introduces itself (RFC 5321, 4.1.3).</summary>
    public string OwnAddress =>
        socket.LocalEndPoint is System.Net.IPEndPoint { Address: var address }
            ? HostName.Plain(address) is { AddressFamily: AddressFamily.InterNetworkV6 } six
                ? $"[IPv6:{six}]"
                : $"[{HostName.Plain(address)}]"
            : "[127.0.0.1]";

    /// <summary>The last dot was handed to the network: from then on a failure leaves the mail's fate unknown.</summary>
    public bool MayHaveSent { get; set; }

    /// <summary>Once an operation has failed halfway the connection cannot be used any more.</summary>
    public bool Broken { get; private set; }

    /// <summary>Never shown, even when the server repeats it.</summary>
    public void Hide(IEnumerable<string> secrets) =>
        _secrets.AddRange(secrets.OrderByDescending(secret => secret.Length));

    public async Task SecureAsync(CertificateCheck certificates, TimeSpan limit, CancellationToken cancellation)
    {
        // What came in the clear behind the answer to STARTTLS was put there by somebody else (CVE-2011-0411).
        if (_start != _end)
            throw SmtpErrors.Tls(target, "it sent more than its answer before TLS began.");
        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secured;
        await InTimeAsync(
            token =>
                TlsHandshake.RunAsync(
                    secured,
                    host,
                    target,
                    certificates,
                    (reason, cause) => SmtpErrors.Tls(target, reason, cause),
                    token
                ),
            limit,
            cancellation
        );
    }

    public async Task<SmtpReply> AskAsync(string command, TimeSpan limit, CancellationToken cancellation)
    {
        await WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), limit, cancellation);
        return await ReadAsync(limit, cancellation);
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan limit, CancellationToken cancellation) =>
        InTimeAsync(
            async token =>
            {
                await _stream.WriteAsync(bytes, token);
                await _stream.FlushAsync(token);
            },
            limit,
            cancellation
        );

    /// <summary>
    /// Writes the last dot. When the network refuses it, the server cannot have it, and the mail was not sent.
    /// </summary>
    public Task EndMailAsync(TimeSpan limit, CancellationToken cancellation) =>
        InTimeAsync(
            async token =>
            {
                MayHaveSent = true;
                try
                {
                    await _stream.WriteAsync(".\r\n"u8.ToArray(), token);
                    await _stream.FlushAsync(token);
                }
                catch (Exception e) when (e is IOException or SocketException)
                {
                    MayHaveSent = false;
                    throw;
                }
            },
            limit,
            cancellation
        );

    public async Task<SmtpReply> ReadAsync(TimeSpan limit, CancellationToken cancellation)
    {
        SmtpReply? reply = null;
        await InTimeAsync(async token => reply = await ReadReplyAsync(token), limit, cancellation);
        // 421: the server hangs up behind it.
        Broken |= reply!.Code == 421;
        return reply;
    }

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
            throw SmtpErrors.Timeout(target, limit, MayHaveSent, e);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw SmtpErrors.Lost(target, "ended the connection", MayHaveSent, e);
        }
        finally
        {
            Broken |= !done;
        }
    }

    private async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellation)
    {
        var code = 0;
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(cancellation);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var number) || number is < 200 or > 599)
                throw SmtpErrors.Malformed(target, "what is no SMTP", MayHaveSent);
            if (code != 0 && number != code || lines.Count == MostLines)
                throw SmtpErrors.Malformed(target, "lines that do not belong together", MayHaveSent);
            code = number;
            lines.Add(line.Length > 4 ? Shown(line[4..]) : "");
            if (line.Length == 3 || line[3] == ' ')
                return new SmtpReply(code, lines);
            if (line[3] != '-')
                throw SmtpErrors.Malformed(target, "what is no SMTP", MayHaveSent);
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length)
                throw SmtpErrors.Malformed(target, $"a line of more than {LongestLine} bytes", MayHaveSent);
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0)
                throw SmtpErrors.Lost(target, "ended the connection instead of answering", MayHaveSent, null);
            _end += read;
        }
    }

    private string Shown(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, "***", StringComparison.Ordinal);
        return string.Concat(text.Select(one => char.IsControl(one) ? '?' : one));
    }
}
