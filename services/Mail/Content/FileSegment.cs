using System.Buffers;
using System.Buffers.Text;

namespace Integration.Mail.Content;

/// <summary>A file in base64, encoded while it is read: never whole in memory.</summary>
/// <param name="size">Of the file, before encoding.</param>
/// <param name="open">Opens it. Its stream ends after <paramref name="size"/> bytes, or throws.</param>
internal sealed class FileSegment(long size, Func<CancellationToken, Task<Stream>> open) : Segment
{
    // 57 bytes are a line of 76 characters.
    private const int Line = 57;
    private const int Lines = 512;

    public override long Size => EncodedSize(size);

    public static long EncodedSize(long size) => ((size + 2) / 3 * 4) + ((size + Line - 1) / Line * 2);

    public override async Task WriteAsync(Stream output, CancellationToken cancellation)
    {
        var raw = ArrayPool<byte>.Shared.Rent(Line * Lines);
        var encoded = ArrayPool<byte>.Shared.Rent(78 * Lines);
        try
        {
            await using var file = await open(cancellation);
            int read;
            do
            {
                read = await file.ReadAtLeastAsync(raw.AsMemory(0, Line * Lines), Line * Lines, false, cancellation);
                await output.WriteAsync(encoded.AsMemory(0, Encode(raw.AsSpan(0, read), encoded)), cancellation);
            } while (read == Line * Lines);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }

    private static int Encode(ReadOnlySpan<byte> raw, Span<byte> encoded)
    {
        var end = 0;
        while (raw.Length > 0)
        {
            var line = raw[..Math.Min(Line, raw.Length)];
            Base64.EncodeToUtf8(line, encoded[end..], out _, out var written);
            end += written;
            encoded[end++] = (byte)'\r';
            encoded[end++] = (byte)'\n';
            raw = raw[line.Length..];
        }

        return end;
    }
}
