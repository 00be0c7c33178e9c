using Integration.Contracts;

namespace Integration.Files;

/// <summary>One configured store. Sizes, hashes and limits are not its business: <see cref="IFileStores"/> sees to them.</summary>
public interface IFileStore
{
    /// <summary>Opens what is there; refuses a reference that leads out of the store.</summary>
    Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation);

    /// <summary>Saves content under a new key; all of it or nothing.</summary>
    /// <param name="key">New, unique, e.g. <c>2026/12/01/0198f3c2-….</c></param>
    /// <param name="content">Read to its end. What it throws is passed on unchanged.</param>
    /// <param name="contentType">Its media type, if known.</param>
    /// <param name="cancellation">Gives up and leaves nothing behind.</param>
    Task<StoredFile> SaveAsync(string key, Stream content, string? contentType, CancellationToken cancellation);
}
