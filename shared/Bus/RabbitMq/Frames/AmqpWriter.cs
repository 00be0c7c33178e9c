using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Integration.Bus.RabbitMq.Frames;

/// <summary>Writes values of AMQP one after the other.</summary>
internal sealed class AmqpWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Begins with class and method.</summary>
    public static AmqpWriter Method(ushort id, ushort method) => new AmqpWriter().Short(id).Short(method);

    public AmqpWriter Octet(byte value) => Raw([value]);

    public AmqpWriter Short(ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return Raw(bytes);
    }

    public AmqpWriter Long(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Raw(bytes);
    }

    public AmqpWriter LongLong(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return Raw(bytes);
    }

    /// <exception cref="ArgumentException">It has more than 255 bytes.</exception>
    public AmqpWriter ShortString(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= byte.MaxValue
            ? Octet((byte)bytes.Length).Raw(bytes)
            : throw new ArgumentException("A short string of AMQP has at most 255 bytes.", nameof(text));
    }

    public AmqpWriter LongString(ReadOnlySpan<byte> bytes) => Long((uint)bytes.Length).Raw(bytes);

    public AmqpWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
