using Integration.Contracts;
using Integration.Errors;
using Integration.Files;
using Integration.Hosting;

namespace Integration.Sql.Tests;

/// <summary>A store that goes away in the middle of every file.</summary>
internal sealed class BreakingFiles : IFileStores
{
    private const int After = 1_000_000;

    public Task<Stream> OpenReadAsync(FileReference reference, CancellationToken cancellation) =>
        Task.FromResult<Stream>(new Breaking());

    public async Task<FileReference> SaveAsync(
        string store,
        Stream content,
        string? name,
        string? contentType,
        CancellationToken cancellation
    )
    {
        var buffer = new byte[65536];
        for (var read = 0; read < After; )
            read += await content.ReadAsync(buffer, cancellation);
        throw Away();
    }

    private static ConnectivityErrorException Away() => new("file-store-unavailable", "The store is away.");

    private sealed class Breaking : ReadingStream
    {
        private int _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            (_read += buffer.Length) > After ? throw Away() : ValueTask.FromResult(buffer.Length);
    }
}
