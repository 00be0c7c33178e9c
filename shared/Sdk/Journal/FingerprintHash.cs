using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Integration.Sdk;

/// <summary>SHA-256 of many small pieces, gathered in a buffer: most inputs are hashed by one call, with nothing allocated but the result.</summary>
internal ref struct FingerprintHash(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private IncrementalHash? _hash;
    private int _length;

    public void Add(char mark)
    {
        if (_length == _buffer.Length)
            Flush();
        _buffer[_length++] = (byte)mark;
    }

    public void Add(char mark, int number)
    {
        Add(mark);
        if (_buffer.Length - _length < sizeof(int))
            Flush();
        BinaryPrimitives.WriteInt32BigEndian(_buffer[_length..], number);
        _length += sizeof(int);
    }

    public void Add(char mark, scoped ReadOnlySpan<byte> bytes)
    {
        Add(mark, bytes.Length);
        if (bytes.Length > _buffer.Length - _length)
            Flush();
        if (bytes.Length > _buffer.Length)
        {
            _hash!.AppendData(bytes);
            return;
        }

        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }

    public byte[] End()
    {
        if (_hash is null)
            return SHA256.HashData(_buffer[.._length]);
        Flush();
        using (_hash)
            return _hash.GetHashAndReset();
    }

    private void Flush()
    {
        _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hash.AppendData(_buffer[.._length]);
        _length = 0;
    }
}
