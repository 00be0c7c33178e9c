namespace Integration.Files.S3;

/// <summary>A content in parts, one at a time in one buffer.</summary>
/// <param name="content">What follows the byte <paramref name="next"/>.</param>
/// <param name="buffer">Holds the first part.</param>
/// <param name="length">How long that is.</param>
/// <param name="next">The first byte of the second part.</param>
internal sealed class PartReader(Stream content, byte[] buffer, int length, byte next)
{
    private int _next = next;

    /// <summary>Of all parts so far.</summary>
    public long Size { get; private set; } = length;

    public ReadOnlyMemory<byte> Current { get; private set; } = buffer.AsMemory(0, length);

    /// <summary>Reads the next part over the current one; false when there is none.</summary>
    public async Task<bool> ReadAsync(CancellationToken cancellation)
    {
        if (_next < 0)
            return false;
        buffer[0] = (byte)_next;
        var read = await content.ReadAtLeastAsync(buffer.AsMemory(1), buffer.Length - 1, false, cancellation);
        Current = buffer.AsMemory(0, read + 1);
        Size += Current.Length;
        _next = Current.Length < buffer.Length ? -1 : await Uploads.NextAsync(content, cancellation);
        return true;
    }
}
