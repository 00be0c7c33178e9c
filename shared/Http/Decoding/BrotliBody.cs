using System.Buffers;
using System.IO.Compression;

namespace Integration.Http;

/// <summary>A body that was packed with <c>br</c> (RFC 7932).</summary>
internal sealed class BrotliBody(Stream packed, bool endsByClosing) : UnpackedBody(packed, "br", endsByClosing)
{
    private BrotliDecoder _decoder;
    private bool _isDone;

    protected override bool MayEnd => _isDone;

    protected override int Unpack(ArraySegment<byte> output)
    {
        if (_isDone)
            return Packed.Count == 0 ? 0 : throw Broken("more follows its end");
        var status = _decoder.Decompress(Packed, output, out var taken, out var written);
        Take(taken);
        if (status == OperationStatus.InvalidData)
            throw Broken("is not");
        _isDone = status == OperationStatus.Done;
        return written > 0 || !_isDone ? written : Unpack(output);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decoder.Dispose();
        base.Dispose(disposing);
    }
}
