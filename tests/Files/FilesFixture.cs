using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Files.Tests;

/// <summary>Two stores of the kind Folder.</summary>
internal sealed class FilesFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new("files");

    public FilesFixture(long maxBytes = 1_000_000)
    {
        Directory.CreateDirectory(Root);
        var options = new FilesOptions { MaxBytes = maxBytes };
        options.Stores["documents"] = new FileStoreOptions { Kind = "Folder", Path = Root };
        options.Stores["archive"] = new FileStoreOptions { Kind = "folder", Path = Root };
        Stores = new FileStores(Options.Create(options), [new FolderKind(Clock)], Clock);
    }

    public string Root => _folder.Combine("documents");

    public string Outside => _folder.Combine("outside");

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));

    public IFileStores Stores { get; }

    /// <summary>What is in the folder, without the folder in which files are written.</summary>
    public IEnumerable<string> Files =>
        Directory
            .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file));

    public Task<FileReference> SaveAsync(byte[] content, string? name = null, string? contentType = null) =>
        Stores.SaveAsync("documents", new MemoryStream(content), name, contentType, CancellationToken.None);

    public async Task<byte[]> ReadAsync(FileReference reference)
    {
        await using var stream = await Stores.OpenReadAsync(reference, CancellationToken.None);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    public void Dispose() => _folder.Dispose();
}
