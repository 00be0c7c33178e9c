using Integration.Contracts;
using Integration.Errors;
using Integration.Files;

namespace Integration.Mail.Tests;

/// <summary>A store that goes away in the middle of every file.</summary>
internal sealed class BreakingFiles : IFileStores
{
    public Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation) =>
        Task.FromResult<Stream>(new Breaking());

    public Task<FileReference> SaveAsync(
        string store,
        Stream content,
        string? name,
        string? contentType,
        CancellationToken cancellation
    ) => throw new NotSupportedException();

    private sealed class Breaking : MemoryStream
    {
        private int _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read++ > 1)
                throw new ConnectivityErrorException("file-store-unavailable", "The store is away.");
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
