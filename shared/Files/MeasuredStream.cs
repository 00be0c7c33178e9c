using System.Security.Cryptography;
using Integration.Errors;
using Integration.Hosting;

namespace Integration.Files;

/// <summary>Counts and hashes what is read through it, and ends what becomes too large. The content stays its caller's.</summary>
internal sealed class MeasuredStream(Stream content, long limit, string store) : ReadingStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many bytes were read so far.</summary>
    public long Size { get; private set; }

    /// <summary>Of what was read so far.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        Size += read;
        if (Size > limit)
        {
            throw new VolumetricErrorException(
                "file-too-large",
                $"The content for the file store '{store}' is larger than {limit} bytes. Files__MaxBytes sets the limit."
            );
        }

        _hash.AppendData(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
