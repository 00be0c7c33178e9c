using Integration.Contracts;
using Integration.Files;

namespace Integration.Soap.Envelope;

/// <summary>The files of a message, all of them open.</summary>
internal sealed class OpenedFiles : IFileStores, IAsyncDisposable
{
    private readonly List<(FileReference Reference, Stream Content)> _open = [];

    public static async Task<OpenedFiles> OpenAsync(
        IFileStores files,
        IEnumerable<FileReference> references,
        CancellationToken cancellation
    )
    {
        var opened = new OpenedFiles();
        try
        {
            foreach (var reference in references)
                opened._open.Add((reference, await files.OpenReadAsync(reference, cancellation)));
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands one over; the caller owns it.</summary>
    public Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation)
    {
        var index = _open.FindIndex(one => one.Reference == reference);
        var (_, content) = _open[index];
        _open.RemoveAt(index);
        return Task.FromResult(content);
    }

    public Task<FileReference> SaveAsync(
        string store,
        Stream content,
        string? name,
        string? contentType,
        CancellationToken cancellation
    ) => throw new NotSupportedException("Only for reading.");

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, content) in _open)
            await content.DisposeAsync();
    }
}
