namespace Integration.Bus.RabbitMq.Frames;

/// <summary>Frames on a stream.</summary>
internal sealed class FrameStream(Stream stream) : IAsyncDisposable
{
    private const int Prefix = 7;

    /// <summary>Larger than any that a broker sends: what claims more is no frame.</summary>
    private const uint Largest = 64 * 1024 * 1024;

    /// <summary>The next one that is no heartbeat.</summary>
    /// <exception cref="InvalidDataException">What comes is no frame of AMQP 0-9-1.</exception>
    /// <exception cref="EndOfStreamException">The stream ended.</exception>
    public async Task<Frame> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var prefix = new byte[Prefix];
            await stream.ReadExactlyAsync(prefix, cancellation);
            var (type, channel, size) = Read(prefix);
            if (!Enum.IsDefined(type) || size > Largest)
                throw new InvalidDataException(
                    $"The broker sent no frame of AMQP 0-9-1: {Convert.ToHexString(prefix)}"
                );
            var payload = new byte[size + 1];
            await stream.ReadExactlyAsync(payload, cancellation);
            if (payload[^1] != Frame.End)
                throw new InvalidDataException("The broker sent a frame without an end.");
            if (type != FrameType.Heartbeat)
                return new Frame(type, channel, payload[..^1]);
        }
    }

    public async Task WriteAsync(FrameType type, ushort channel, byte[] payload, CancellationToken cancellation)
    {
        var frame = new AmqpWriter().Octet((byte)type).Short(channel).LongString(payload).Octet(Frame.End);
        await stream.WriteAsync(frame.ToArray(), cancellation);
    }

    public async Task WriteAsync(byte[] bytes, CancellationToken cancellation) =>
        await stream.WriteAsync(bytes, cancellation);

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static (FrameType Type, ushort Channel, uint Size) Read(byte[] prefix)
    {
        var reader = new AmqpReader(prefix);
        return ((FrameType)reader.Octet(), reader.Short(), reader.Long());
    }
}
