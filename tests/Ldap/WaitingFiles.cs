using Integration.Contracts;
using Integration.Files;

namespace Integration.Ldap.Tests;

/// <summary>A store that does not answer.</summary>
internal sealed class WaitingFiles : IFileStores
{
    public async Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new NotSupportedException();
    }

    public Task<FileReference> SaveAsync(
        string store,
        Stream content,
        string? name,
        string? contentType,
        CancellationToken cancellation
    ) => throw new NotSupportedException();
}
