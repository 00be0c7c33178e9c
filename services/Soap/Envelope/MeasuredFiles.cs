using Integration.Contracts;
using Integration.Files;

namespace Integration.Soap.Envelope;

/// <summary>Tiny files in the place of real ones, to learn how long a message is without reading them.</summary>
internal sealed class MeasuredFiles : IFileStores
{
    /// <summary>How much longer the real ones are, in base64.</summary>
    public long Longer { get; private set; }

    public Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation)
    {
        // Not empty: an element without content is written in another way.
        if (reference.Size == 0)
            return Task.FromResult(Stream.Null);
        Longer += (reference.Size + 2) / 3 * 4 - 4;
        return Task.FromResult<Stream>(new MemoryStream(new byte[3], writable: false));
    }

    public Task<FileReference> SaveAsync(
        string store,
        Stream content,
        string? name,
        string? contentType,
        CancellationToken cancellation
    ) => throw new NotSupportedException("Only for measuring.");
}
