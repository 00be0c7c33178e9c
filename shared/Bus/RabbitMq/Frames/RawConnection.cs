using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using RabbitMQ.Client;

namespace Integration.Bus.RabbitMq.Frames;

/// <summary>
/// AMQP 0-9-1 as far as fetching a message takes it, on one channel, and without decoding a property of what is fetched. For the
/// one message that the client cannot take; everything else goes by the client.
/// </summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private const ushort Channel = 1;

    private static readonly (ushort, ushort) _start = (10, 10);
    private static readonly (ushort, ushort) _tune = (10, 30);
    private static readonly (ushort, ushort) _openOk = (10, 41);
    private static readonly (ushort, ushort) _connectionClose = (10, 50);
    private static readonly (ushort, ushort) _channelOpenOk = (20, 11);
    private static readonly (ushort, ushort) _channelClose = (20, 40);
    private static readonly (ushort, ushort) _channelCloseOk = (20, 41);
    private static readonly (ushort, ushort) _getOk = (60, 71);
    private static readonly (ushort, ushort) _getEmpty = (60, 72);

    private readonly FrameStream _frames;

    private RawConnection(FrameStream frames) => _frames = frames;

    /// <summary>Connects as the factory would, with its address, user, virtual host and TLS, and opens the channel.</summary>
    /// <exception cref="InvalidDataException">The broker refuses, or speaks otherwise than AMQP 0-9-1; the message says what it said.</exception>
    public static async Task<RawConnection> OpenAsync(ConnectionFactory factory, CancellationToken cancellation)
    {
        var connection = new RawConnection(new FrameStream(await ConnectAsync(factory, cancellation)));
        try
        {
            await connection.HandshakeAsync(factory, cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first message of the queue, not settled; null when it is empty.</summary>
    public async Task<RawMessage?> GetAsync(string queue, CancellationToken cancellation)
    {
        await SendAsync(Channel, AmqpWriter.Method(60, 70).Short(0).ShortString(queue).Octet(0), cancellation);
        var got = await ExpectAsync(cancellation, _getOk, _getEmpty);
        if (got.Id == _getEmpty)
            return null;
        var header = RawHeader.Read((await ContentAsync(FrameType.Header, cancellation)).Payload);
        var body = new MemoryStream();
        while ((ulong)body.Length < header.BodySize)
            body.Write((await ContentAsync(FrameType.Body, cancellation)).Payload);
        return Message(got.Payload, header, body.ToArray());
    }

    /// <summary>Settles it, and returns when the broker has taken note.</summary>
    public async Task SettleAsync(ulong deliveryTag, Settlement settlement, CancellationToken cancellation)
    {
        var method =
            settlement == Settlement.Acknowledge
                ? AmqpWriter.Method(60, 80).LongLong(deliveryTag).Octet(0)
                : AmqpWriter
                    .Method(60, 90)
                    .LongLong(deliveryTag)
                    .Octet(settlement == Settlement.Requeue ? (byte)1 : (byte)0);
        await SendAsync(Channel, method, cancellation);
        // Neither is answered; that the channel is closed is, and comes after it.
        await SendAsync(
            Channel,
            AmqpWriter.Method(20, 40).Short(200).ShortString("settled").Short(0).Short(0),
            cancellation
        );
        await ExpectAsync(cancellation, _channelCloseOk);
    }

    /// <summary>Sends frames as they are.</summary>
    public Task SendAsync(FrameType type, byte[] payload, CancellationToken cancellation) =>
        _frames.WriteAsync(type, Channel, payload, cancellation);

    /// <summary>The next method, which must be one of these.</summary>
    public async Task<Frame> ExpectAsync(CancellationToken cancellation, params (ushort, ushort)[] methods)
    {
        var frame = await _frames.ReadAsync(cancellation);
        if (frame.Type != FrameType.Method)
            throw new InvalidDataException($"The broker sent a {frame.Type} where a method was due.");
        var id = frame.Id;
        if (methods.Contains(id))
            return frame;
        throw new InvalidDataException(
            id == _connectionClose || id == _channelClose
                ? $"The broker refuses: {ReplyOf(frame)}"
                : $"The broker sent {id}."
        );
    }

    public ValueTask DisposeAsync() => _frames.DisposeAsync();

    private static async Task<Stream> ConnectAsync(ConnectionFactory factory, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(factory.Endpoint.HostName, factory.Endpoint.Port, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (!factory.Ssl.Enabled)
                return stream;
            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = factory.Ssl.ServerName },
                cancellation
            );
            return tls;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task HandshakeAsync(ConnectionFactory factory, CancellationToken cancellation)
    {
        await _frames.WriteAsync([.. "AMQP"u8, 0, 0, 9, 1], cancellation);
        await ExpectAsync(cancellation, _start);
        var credentials = Encoding.UTF8.GetBytes($"\0{factory.UserName}\0{factory.Password}");
        await SendAsync(
            0,
            AmqpWriter.Method(10, 11).LongString([]).ShortString("PLAIN").LongString(credentials).ShortString("en_US"),
            cancellation
        );
        var tune = new AmqpReader((await ExpectAsync(cancellation, _tune)).Payload.AsSpan(sizeof(ushort) * 2));
        var tuned = AmqpWriter.Method(10, 31).Short(tune.Short()).Long(tune.Long()).Short(0);
        await SendAsync(0, tuned, cancellation);
        var open = AmqpWriter.Method(10, 40).ShortString(factory.VirtualHost).ShortString("").Octet(0);
        await SendAsync(0, open, cancellation);
        await ExpectAsync(cancellation, _openOk);
        await SendAsync(Channel, AmqpWriter.Method(20, 10).ShortString(""), cancellation);
        await ExpectAsync(cancellation, _channelOpenOk);
    }

    private async Task<Frame> ContentAsync(FrameType type, CancellationToken cancellation)
    {
        var frame = await _frames.ReadAsync(cancellation);
        return frame.Type == type
            ? frame
            : throw new InvalidDataException($"The broker sent a {frame.Type} where a {type} was due.");
    }

    private static RawMessage Message(byte[] got, RawHeader header, byte[] body)
    {
        var reader = new AmqpReader(got.AsSpan(sizeof(ushort) * 2));
        var (tag, redelivered) = (reader.LongLong(), reader.Octet() != 0);
        return new RawMessage(tag, reader.ShortString(), reader.ShortString(), redelivered, header, body);
    }

    private static string ReplyOf(Frame close)
    {
        var reader = new AmqpReader(close.Payload.AsSpan(sizeof(ushort) * 2));
        return $"{reader.Short()} {reader.ShortString()}";
    }

    private Task SendAsync(ushort channel, AmqpWriter method, CancellationToken cancellation) =>
        _frames.WriteAsync(FrameType.Method, channel, method.ToArray(), cancellation);
}
