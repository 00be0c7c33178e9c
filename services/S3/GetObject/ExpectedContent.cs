using System.Security.Cryptography;
using Integration.Errors;
using Integration.Files.S3;
using Integration.Hosting;

namespace Integration.S3.GetObject;

/// <summary>A content on its way into a file store. Fails before its end when it is not the one that was expected.</summary>
internal sealed class ExpectedContent(Stream content, long size, string? sha256, ObjectPlace place) : ReadingStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;

    public static DataErrorException Mismatch(ObjectPlace place, string expected, string found) =>
        new(
            "object-mismatch",
            $"{place} has the SHA-256 {found}; expected is {expected}. It was changed or damaged: store it again, or correct what is "
                + "expected."
        );

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        _read += read;
        // At its last bytes, when the store has said how many there are, and at its end.
        if (sha256 is not null && (read == 0 ? !buffer.IsEmpty : _read == size))
        {
            var found = Convert.ToHexStringLower(_hash.GetCurrentHash());
            if (found != sha256)
                throw Mismatch(place, sha256, found);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }
}
