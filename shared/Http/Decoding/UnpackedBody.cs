using System.Buffers;
using System.Runtime.InteropServices;
using Integration.Hosting;

namespace Integration.Http;

/// <summary>
/// A body that is unpacked while it is read. Unlike the streams of the framework it does not take the start of a packed body for
/// the whole, and nothing may follow its end.
/// </summary>
/// <param name="packed">Disposed with this.</param>
/// <param name="coding">Its name, for messages.</param>
/// <param name="endsByClosing">Whether an early end means that the connection was lost, and not that the target errs.</param>
internal abstract class UnpackedBody(Stream packed, string coding, bool endsByClosing) : ReadingStream
{
    private const int Block = 16 * 1024;

    private byte[]? _input = ArrayPool<byte>.Shared.Rent(Block);
    private int _start;
    private int _length;
    private bool _isEmpty = true;

    /// <summary>What has arrived and was not taken yet.</summary>
    protected ArraySegment<byte> Packed => new(_input!, _start, _length - _start);

    /// <summary>Whether the body is whole when nothing more arrives.</summary>
    protected abstract bool MayEnd { get; }

    /// <exception cref="UnreadableBodyException">It is not packed as it says, or ends early.</exception>
    /// <exception cref="HttpIOException">It ends early, and the connection was probably lost.</exception>
    public sealed override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        if (buffer.IsEmpty)
            return 0;
        if (!MemoryMarshal.TryGetArray<byte>(buffer, out var output))
            return await CopyAsync(buffer, cancellationToken);
        while (true)
        {
            // What unpacks to nothing can be long, and costs time.
            cancellationToken.ThrowIfCancellationRequested();
            if (Unpack(output) is var written and > 0)
                return written;
            _start = 0;
            _length = await packed.ReadAsync(_input!.AsMemory(0, Block), cancellationToken);
            if (_length == 0)
                return End();
            _isEmpty = false;
        }
    }

    /// <summary>Unpacks as much as has arrived and as fits. When it returns 0, all that has arrived was taken.</summary>
    protected abstract int Unpack(ArraySegment<byte> output);

    /// <summary>Takes bytes of <see cref="Packed"/>.</summary>
    protected void Take(int bytes) => _start += bytes;

    /// <summary>Takes one byte.</summary>
    protected byte Take() => _input![_start++];

    /// <summary>Gives the last ones back that were taken.</summary>
    protected void GiveBack(int bytes) => _start -= bytes;

    /// <summary>What arrives is not what it should be.</summary>
    protected UnreadableBodyException Broken(string what, Exception? cause = null) =>
        new($"says that it is packed with {coding}, and {what}", cause);

    protected override void Dispose(bool disposing)
    {
        if (disposing && _input is { } input)
        {
            _input = null;
            ArrayPool<byte>.Shared.Return(input);
            packed.Dispose();
        }

        base.Dispose(disposing);
    }

    // Many servers name a coding for an answer that has no body.
    private int End() =>
        MayEnd || (_isEmpty && !endsByClosing) ? 0
        : endsByClosing
            ? throw new HttpIOException(
                HttpRequestError.ResponseEnded,
                $"The body ended in the middle of its {coding}."
            )
        : throw Broken("ends in the middle of it");

    private async ValueTask<int> CopyAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        var copy = new byte[Math.Min(buffer.Length, Block)];
        var read = await ReadAsync(copy, cancellation);
        copy.AsSpan(0, read).CopyTo(buffer.Span);
        return read;
    }
}
