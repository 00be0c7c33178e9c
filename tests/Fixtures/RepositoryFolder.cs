namespace Integration.Fixtures;

/// <summary>The working copy that the tests were built from.</summary>
public static class RepositoryFolder
{
    /// <summary>Full path of the folder that holds <c>Integration.sln</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Full path of a file or folder in it.</summary>
    /// <param name="relative">With forward slashes, e.g. <c>docs/reference/contract.md</c>.</param>
    public static string File(string relative) =>
        Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Integration.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No Integration.sln above {start}: run the tests from a working copy.");
    }
}
