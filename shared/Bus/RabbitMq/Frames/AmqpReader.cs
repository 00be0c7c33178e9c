using System.Buffers.Binary;
using System.Text;

namespace Integration.Bus.RabbitMq.Frames;

/// <summary>Reads AMQP values from bytes of any origin.</summary>
/// <param name="bytes">To the end of what is read; every read past it throws <see cref="InvalidDataException"/>.</param>
internal ref struct AmqpReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly int Left => _left.Length;

    public byte Octet() => Take(1)[0];

    public ushort Short() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint Long() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong LongLong() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public string ShortString() => Encoding.UTF8.GetString(Take(Octet()));

    public ReadOnlySpan<byte> LongString()
    {
        var length = Long();
        return length <= (uint)_left.Length
            ? Take((int)length)
            : throw new InvalidDataException($"it speaks of {length} bytes where {_left.Length} are left");
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _left.Length)
            throw new InvalidDataException($"it ends {count - _left.Length} bytes too early");
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }
}
