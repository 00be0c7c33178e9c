namespace Integration.Files;

/// <summary>Files in a folder of the file system, e.g. a mounted volume that several services share.</summary>
internal sealed class FolderKind(TimeProvider time) : IFileStoreKind
{
    public string Name => "Folder";

    public IEnumerable<string> Problems(string settings, FileStoreOptions options)
    {
        var setting = $"{settings}__{nameof(options.Path)}";
        if (!Path.IsPathFullyQualified(options.Path))
            yield return $"{setting}: '{options.Path}' is no absolute path. Name the folder with its whole path.";
        else if (!Directory.Exists(options.Path))
            yield return $"{setting}: there is no folder '{options.Path}'. Create it, or mount it.";
    }

    public IFileStore Open(string name, FileStoreOptions options) => new FolderStore(name, options.Path, time);
}
