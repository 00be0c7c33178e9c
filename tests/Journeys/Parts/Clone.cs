namespace Integration.Journeys.Tests;

/// <summary>As much of a clone of the repository as a service and its tests need, sources only, for what a page has its reader type.</summary>
public sealed class Clone : IDisposable
{
    private static readonly string[] _folders = ["shared", "docs/tutorial"];

    private static readonly string[] _files =
    [
        "Directory.Build.props",
        "Directory.Build.targets",
        "Directory.Packages.props",
        "global.json",
        ".editorconfig",
        "services/Directory.Build.props",
        "tests/Directory.Build.props",
        "tests/Directory.Build.targets",
    ];

    // No build node may stay behind.
    private static readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
    };

    private readonly TemporaryFolder _folder = new("clone");

    /// <summary>Copies what is there now.</summary>
    public Clone()
    {
        foreach (var folder in _folders)
        foreach (var file in Sources(RepositoryFolder.File(folder)))
            Copy(System.IO.Path.GetRelativePath(RepositoryFolder.Root, file));
        foreach (var file in _files)
            Copy(file);
    }

    /// <summary>Its root.</summary>
    public string Path => _folder.Path;

    /// <summary>A file or folder in it.</summary>
    public string Combine(params string[] parts) => _folder.Combine(parts);

    /// <summary>Writes a file as the reader does, with the folders that it needs.</summary>
    public async Task WriteAsync(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Combine(file))!);
        await File.WriteAllTextAsync(Combine(file), text);
    }

    /// <summary>Runs a command in its root and returns what it wrote, both streams.</summary>
    public Task<(int Code, string Text)> RunAsync(string command) => Command.RunAsync(Path, command, _environment);

    /// <summary>The same, where only success will do.</summary>
    public Task<string> SucceedAsync(string command) => Command.SucceedAsync(Path, command, _environment);

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();

    private void Copy(string file)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Combine(file))!);
        File.Copy(RepositoryFolder.File(file), Combine(file));
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
