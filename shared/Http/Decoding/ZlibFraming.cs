using System.Buffers.Binary;
using ICSharpCode.SharpZipLib.Checksum;

namespace Integration.Http;

/// <summary>
/// What goes by the name of deflate: zlib (RFC 1950), as HTTP means it, and DEFLATE without anything around it, as many understood it.
/// </summary>
internal sealed class ZlibFraming : DeflateFraming
{
    private readonly Adler32 _checksum = new();
    private readonly byte[] _head = new byte[2];
    private int _at;
    private bool _isBare;

    public override string Coding => "deflate";

    public override byte[] TakenForHead => _isBare ? _head : [];

    public override bool TakeHead(byte next, out string? problem)
    {
        problem = null;
        _head[_at++] = next;
        if (_at < _head.Length)
            return false;
        _isBare = !IsZlib();
        if (!_isBare && (_head[1] & 0x20) != 0)
            problem = "needs a dictionary that only its sender knows";
        return problem is null;
    }

    public override void Add(ArraySegment<byte> unpacked) => _checksum.Update(unpacked);

    public override void End()
    {
        if (_isBare)
            return;
        Trailer = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(Trailer, (uint)_checksum.Value);
    }

    // Bare data cannot begin so, unless it pads its first block with ones.
    private bool IsZlib() => (_head[0] & 0x0F) == 8 && _head[0] >> 4 <= 7 && ((_head[0] << 8) | _head[1]) % 31 == 0;
}
