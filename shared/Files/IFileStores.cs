using Integration.Contracts;
using Integration.Errors;

namespace Integration.Files;

/// <summary>Content by reference: reads what a <see cref="FileReference"/> means, and saves content to get one.</summary>
public interface IFileStores
{
    /// <summary>
    /// Refuses the name of a store that is not configured, before anything else is done. An implementation that takes every name
    /// has nothing to do here.
    /// </summary>
    /// <exception cref="DataErrorException">Code <c>file-store-unknown</c>.</exception>
    void Require(string store) { }

    /// <summary>
    /// Opens a file for reading once, from its start. Size and hash are checked on the way: the last bytes are handed out
    /// only when all of them are what the reference says. Whatever fails, now or while reading, leaves no doubt
    /// (<see cref="TaskErrorException.EffectUnknown"/> is false).
    /// </summary>
    /// <exception cref="DataErrorException">
    /// Codes <c>file-store-unknown</c>, <c>file-not-found</c>, <c>file-reference-refused</c>; while reading
    /// <c>file-mismatch</c>.
    /// </exception>
    Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation);

    /// <summary>Saves a content; it is streamed and never whole in memory. Nothing can be read there before all of it is.</summary>
    /// <param name="store">Name of a configured store.</param>
    /// <param name="content">Read to its end; the caller owns it.</param>
    /// <param name="name">What people call it; kept in the reference only.</param>
    /// <param name="contentType">Its media type; kept in the reference, and in the store where that knows media types.</param>
    /// <param name="cancellation">Gives up and leaves nothing behind.</param>
    /// <exception cref="DataErrorException">Code <c>file-store-unknown</c>.</exception>
    /// <exception cref="VolumetricErrorException">Larger than the store's limit: code <c>file-too-large</c>.</exception>
    Task<FileReference> SaveAsync(
        string store,
        Stream content,
        string? name,
        string? contentType,
        CancellationToken cancellation
    );
}
