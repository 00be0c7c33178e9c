namespace Integration.Standalone;

/// <summary>Where the databases are.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly bool _temporary;

    private DataFolder(string path, bool temporary)
    {
        Path = path;
        _temporary = temporary;
    }

    public string Path { get; }

    /// <summary>The folder that was asked for; otherwise <c>data</c>, or one that vanishes for <c>--once</c>.</summary>
    public static DataFolder For(Arguments arguments) =>
        arguments is { Once: true, Data: null }
            ? new(Directory.CreateTempSubdirectory("integration-").FullName, temporary: true)
            : new(Directory.CreateDirectory(arguments.Data ?? "data").FullName, temporary: false);

    public void Dispose()
    {
        if (_temporary)
            Directory.Delete(Path, recursive: true);
    }
}
