namespace Integration.Fixtures;

/// <summary>A folder of its own that goes when it is disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates the folder.</summary>
    /// <param name="name">What the folder's name starts with, for who finds it in the file system.</param>
    public TemporaryFolder(string name = "integration") => Path = Directory.CreateTempSubdirectory(name + "-").FullName;

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>The path of a file or folder in it; nothing is created.</summary>
    public string Combine(params ReadOnlySpan<string> parts) =>
        System.IO.Path.Combine(Path, System.IO.Path.Combine(parts));

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that is just ending may still write; the system's own clean-up takes the rest.
        }
    }
}
