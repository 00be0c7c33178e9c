using System.Security.Cryptography;
using Integration.Contracts;
using Integration.Errors;
using Integration.Hosting;

namespace Integration.Files;

/// <summary>
/// Checks that what is read is what the reference says. The last bytes are handed out only after the check, so that no reader
/// downstream ever has the whole of a wrong content.
/// </summary>
internal sealed class VerifiedStream(Stream content, FileReference reference) : ReadingStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _size;
    private bool _verified;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_verified || buffer.IsEmpty)
            return 0;
        var wanted = (int)Math.Min(buffer.Length, reference.Size - _size);
        var read = wanted == 0 ? 0 : await ReadContentAsync(buffer[..wanted], cancellationToken);
        if (read == 0 && wanted > 0)
            throw Mismatch($"has {_size} bytes");
        _hash.AppendData(buffer.Span[..read]);
        _size += read;
        if (_size == reference.Size)
            await VerifyAsync(cancellationToken);
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task VerifyAsync(CancellationToken cancellation)
    {
        if (await ReadContentAsync(new byte[1], cancellation) > 0)
            throw Mismatch("has more bytes");
        if (Convert.ToHexStringLower(_hash.GetCurrentHash()) is var hash && hash != reference.Sha256)
            throw Mismatch($"has the SHA-256 {hash}");
        _verified = true;
    }

    private async ValueTask<int> ReadContentAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellation);
        }
        catch (Exception e) when (ReadFailure.Is(e))
        {
            throw ReadFailure.Of(reference, e);
        }
    }

    private DataErrorException Mismatch(string what) =>
        new(
            "file-mismatch",
            $"The file '{reference.Key}' in the file store '{reference.Store}' {what}; its reference says {reference.Size} bytes with "
                + $"the SHA-256 {reference.Sha256}. It was changed or cut after the reference was made: save it again."
        );
}
