using Integration.Hosting;

namespace Integration.Http;

/// <summary>A body of HTTP/2 that must be as long as its answer says (RFC 9113, 8.1.1); the framework does not look.</summary>
/// <param name="body">As it arrives; disposed with this.</param>
/// <param name="length">In bytes, as announced.</param>
internal sealed class CountedBody(Stream body, long length) : ReadingStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        _read += read;
        if (_read > length)
            throw new UnreadableBodyException($"is longer than the {length} bytes that it announces");
        if (read == 0 && !buffer.IsEmpty && _read < length)
            throw new HttpIOException(
                HttpRequestError.ResponseEnded,
                $"The body ended after {_read} of {length} bytes."
            );
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
