using Integration.Contracts;
using Integration.Files;

namespace Integration.Soap.Envelope;

/// <summary>Empty files in the place of real ones, to learn how long a message is without reading them.</summary>
internal sealed class MeasuredFiles : IFileStores
{
    /// <summary>How long the real ones are in base64.</summary>
    public long Base64Characters { get; private set; }

    public Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation)
    {
        Base64Characters += (reference.Size + 2) / 3 * 4;
        return Task.FromResult(Stream.Null);
    }

    public Task<FileReference> SaveAsync(
        string store,
        Stream content,
        string? name,
        string? contentType,
        CancellationToken cancellation
    ) => throw new NotSupportedException("Only for measuring.");
}
