using System.Buffers;
using System.Runtime.InteropServices;
using Integration.Hosting;

namespace Integration.Soap.Mapping;

/// <summary>The binary content of an element as a stream: what was read of it already, then the rest, block by block.</summary>
internal sealed class ElementStream(ReadOnlyMemory<byte> start, Func<byte[], int, int, Task<int>> next) : ReadingStream
{
    private ReadOnlyMemory<byte> _start = start;
    private bool _ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (buffer.Length == 0)
            return 0;
        if (_start.Length > 0)
        {
            var count = Math.Min(_start.Length, buffer.Length);
            _start[..count].CopyTo(buffer);
            _start = _start[count..];
            return count;
        }

        if (_ended)
            return 0;
        var read = MemoryMarshal.TryGetArray<byte>(buffer, out var array)
            ? await next(array.Array!, array.Offset, array.Count)
            : await RentedAsync(buffer);
        // Once the end is reported the reader is on what follows, which is no content of this element.
        _ended = read == 0;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("It comes from the network: read it asynchronously.");

    private async ValueTask<int> RentedAsync(Memory<byte> buffer)
    {
        var rented = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var read = await next(rented, 0, buffer.Length);
            rented.AsMemory(0, read).CopyTo(buffer);
            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
