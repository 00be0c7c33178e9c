using System.Diagnostics;
using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>The files of the repository as git knows them, new ones included: what would be committed.</summary>
internal static class TrackedFiles
{
    private static readonly string[] _binary = [".png", ".ico", ".gif", ".woff2", ".zip"];

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> All { get; } = [.. List().Where(Exists)];

    /// <summary>Those that are text, with their lines.</summary>
    public static IEnumerable<(string File, int Line, string Text)> Lines =>
        All.Where(file => !_binary.Contains(Path.GetExtension(file)))
            .SelectMany(file =>
                File.ReadLines(RepositoryFolder.File(file)).Select((text, index) => (file, index + 1, text))
            );

    private static bool Exists(string file) => File.Exists(RepositoryFolder.File(file));

    private static string[] List()
    {
        // The working copy may belong to another user than the one who runs the tests.
        string[] arguments = ["-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"];
        var start = new ProcessStartInfo("git", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = RepositoryFolder.Root,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git cannot be started.");
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0
            ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException("git ls-files failed: these tests need a git working copy.");
    }
}
