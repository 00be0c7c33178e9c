using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>The Dockerfile, as far as the tests compare it with the code.</summary>
internal static class ImageFile
{
    /// <summary>Instruction and the rest of its line; continued lines joined, comments dropped.</summary>
    public static IReadOnlyList<(string Instruction, string Text)> Instructions { get; } =
    [
        .. File.ReadAllText(RepositoryFolder.File("Dockerfile"))
            .Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0], parts[1])),
    ];

    /// <summary>The last stage: the image that runs.</summary>
    public static IReadOnlyList<(string Instruction, string Text)> Final =>
        [.. Instructions.Skip(Instructions.ToList().FindLastIndex(line => line.Instruction == "FROM"))];

    /// <summary>Where the service listens in its container.</summary>
    public static string Port => Of("EXPOSE");

    public static string Of(string instruction) => Final.Single(line => line.Instruction == instruction).Text;
}
