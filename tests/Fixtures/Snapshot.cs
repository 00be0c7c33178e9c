using System.Text;

namespace Integration.Fixtures;

/// <summary>
/// Compares a text with the one that was accepted and stands in the repository, so that a change of a public surface
/// shows up in review. To accept: run the test with <c>UPDATE_SNAPSHOTS=1</c>.
/// </summary>
public static class Snapshot
{
    /// <summary>The environment variable that accepts.</summary>
    public const string UpdateVariable = "UPDATE_SNAPSHOTS";

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Fails with the difference when <paramref name="actual"/> is not what the file says.</summary>
    /// <param name="actual">The text as it is now.</param>
    /// <param name="file">Where the accepted text stands, from the root of the repository.</param>
    /// <param name="tests">The test project, as it stands in the hint how to accept, e.g. <c>tests/Contracts</c>.</param>
    /// <exception cref="SnapshotException">The texts differ.</exception>
    public static void Match(string actual, string file, string tests) =>
        Match(
            actual,
            RepositoryFolder.File(file),
            $"UPDATE_SNAPSHOTS=1 dotnet test {tests}",
            Environment.GetEnvironmentVariable(UpdateVariable) == "1"
        );

    internal static void Match(string actual, string path, string accept, bool update)
    {
        var text = Normalise(actual);
        var accepted = File.Exists(path) ? Normalise(File.ReadAllText(path)) : "";
        if (text == accepted)
            return;

        if (!update)
            throw new SnapshotException(
                $"""
                {Path.GetFileName(path)} is not what was accepted ("-" accepted, "+" now):

                {LineDifference.Of(accepted, text)}
                If the change is meant, accept it and review it as a diff:
                    {accept}
                """
            );

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, _utf8);
    }

    private static string Normalise(string text) => text.ReplaceLineEndings("\n").TrimEnd() + "\n";
}
