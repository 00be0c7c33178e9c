using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Integration.Fixtures;
using Integration.Testing;

namespace Integration.Ldap.Tests;

/// <summary>
/// A directory of which every answer can be replaced: for what a real one does not do on request. What is not replaced is
/// answered with success.
/// </summary>
internal sealed class LdapDouble : IAsyncDisposable
{
    public const int BindRequest = 0;
    public const int BindResponse = 1;
    public const int Unbind = 2;
    public const int SearchRequest = 3;
    public const int SearchEntry = 4;
    public const int SearchDone = 5;
    public const int ModifyRequest = 6;
    public const int AddRequest = 8;
    public const int ExtendedRequest = 23;
    public const int ExtendedResponse = 24;

    /// <summary>As an answer: nothing, the connection is ended.</summary>
    public static readonly byte[] Close = [0];

    /// <summary>As an answer: nothing, for ever.</summary>
    public static readonly byte[] Silence = [1];

    /// <summary>At the end of an answer: the connection is reset behind it.</summary>
    public static readonly byte[] Reset = [0xDE, 0xAD];

    private readonly LoopbackListener _listener;
    private readonly TestAuthority _authority = new();
    private readonly X509Certificate2 _certificate;
    private readonly Func<int, int, byte[]?> _answer;
    private readonly bool _tls;
    private int _connections;
    private int _open;

    private LdapDouble(Func<int, int, byte[]?>? answer, bool tls)
    {
        _certificate = _authority.Issue(host: "localhost");
        _answer = answer ?? ((_, _) => null);
        _tls = tls;
        _listener = new LoopbackListener(TalkAsync);
    }

    public int Port => _listener.Port;

    /// <summary>How many connections came.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many of them are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Every request of all connections, as its tag's number.</summary>
    public ConcurrentQueue<int> Requests { get; } = [];

    /// <param name="answer">
    /// Given the number of a request's tag and of its message: the answer, with as many messages as it wants, <see cref="Close"/> or
    /// <see cref="Silence"/>; null for success.
    /// </param>
    /// <param name="tls">Whether it speaks TLS from the first byte; otherwise it says yes to StartTLS, and goes on in the clear.</param>
    public static LdapDouble Start(Func<int, int, byte[]?>? answer = null, bool tls = true) => new(answer, tls);

    /// <summary>The service with the double as its default server.</summary>
    public Task<ServiceHarness> ServiceAsync(params string[] settings) =>
        ServiceHarness.StartAsync(
            LdapFixture.Configure,
            [
                "--Egress:AllowLoopback=true",
                $"--Egress:TrustedAuthorities={_authority.PemFile}",
                "--Secrets:ADA_PASSWORD:Hosts=localhost",
                "--Secrets:ADA_PASSWORD:Value=canary-ada-password",
                $"--Ldap:Servers:default:Uri={(_tls ? "ldaps" : "ldap")}://localhost:{Port}",
                .. settings,
            ]
        );

    /// <summary>An answer that ends a request.</summary>
    public static byte[] Result(int id, int tag, int code, string message = "", string matched = "") =>
        Message(
            id,
            tag,
            writer =>
            {
                writer.WriteEnumeratedValue((Code)code);
                writer.WriteOctetString(Encoding.UTF8.GetBytes(matched));
                writer.WriteOctetString(Encoding.UTF8.GetBytes(message));
            }
        );

    /// <summary>The end of a page, with or without a way to the next one.</summary>
    public static byte[] PageEnd(int id, bool more)
    {
        var page = new AsnWriter(AsnEncodingRules.BER);
        using (page.PushSequence())
        {
            page.WriteInteger(0);
            page.WriteOctetString(more ? "more"u8 : []);
        }

        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, SearchDone, true)))
            {
                writer.WriteEnumeratedValue((Code)0);
                writer.WriteOctetString([]);
                writer.WriteOctetString([]);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, true)))
            using (writer.PushSequence())
            {
                writer.WriteOctetString("1.2.840.113556.1.4.319"u8);
                writer.WriteOctetString(page.Encode());
            }
        }

        return writer.Encode();
    }

    /// <summary>An entry without attributes.</summary>
    public static byte[] Entry(int id, string dn) =>
        Message(
            id,
            SearchEntry,
            writer =>
            {
                writer.WriteOctetString(Encoding.UTF8.GetBytes(dn));
                using (writer.PushSequence()) { }
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
    }

    private static byte[] Message(int id, int tag, Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, tag, true)))
                write(writer);
        }

        return writer.Encode();
    }

    private async Task TalkAsync(Socket socket, CancellationToken stopping)
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _open);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (_tls)
            {
                var secured = new SslStream(stream);
                stream = secured;
                await secured.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate },
                    stopping
                );
            }

            var buffer = new byte[65536];
            var length = 0;
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), stopping)) > 0)
            {
                length += read;
                while (
                    AsnDecoder.TryReadEncodedValue(
                        buffer.AsSpan(0, length),
                        AsnEncodingRules.BER,
                        out _,
                        out _,
                        out _,
                        out var used
                    )
                )
                {
                    if (!await AnswerAsync(socket, stream, buffer.AsMemory(0, used), stopping))
                        return;
                    buffer.AsSpan(used, length - used).CopyTo(buffer);
                    length -= used;
                }
            }
        }
        catch (Exception e)
            when (e
                    is IOException
                        or OperationCanceledException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            // The caller went away, or the double is stopped.
        }
        finally
        {
            await stream.DisposeAsync();
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<bool> AnswerAsync(
        Socket socket,
        Stream stream,
        ReadOnlyMemory<byte> request,
        CancellationToken stopping
    )
    {
        var message = new AsnReader(request.ToArray(), AsnEncodingRules.BER).ReadSequence();
        message.TryReadInt32(out var id);
        var tag = message.PeekTag().TagValue;
        Requests.Enqueue(tag);
        if (tag == Unbind)
            return false;
        var answer = _answer(tag, id) ?? Result(id, tag == SearchRequest ? SearchDone : tag + 1, 0);
        if (ReferenceEquals(answer, Close))
            return false;
        if (ReferenceEquals(answer, Silence))
        {
            var buffer = new byte[1024];
            while (await stream.ReadAsync(buffer, stopping) > 0) { }
            return false;
        }

        var reset = answer.AsSpan().EndsWith(Reset);
        await stream.WriteAsync(reset ? answer.AsMemory(..^Reset.Length) : answer, stopping);
        await stream.FlushAsync(stopping);
        if (reset)
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return !reset;
    }

    private enum Code;
}
