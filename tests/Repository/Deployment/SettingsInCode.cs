using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>The settings of a service, read from the options classes of the projects that it is made of.</summary>
internal static partial class SettingsInCode
{
    /// <summary>E.g. <c>Bus__Uri</c>.</summary>
    public static IReadOnlySet<string> Of(Project service)
    {
        string[] folders = [.. service.Closure.Append(service).Select(project => project.Folder + "/")];
        return TrackedFiles
            .All.Where(file => file.EndsWith("Options.cs", StringComparison.Ordinal))
            .Where(file => folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Select(file => File.ReadAllText(RepositoryFolder.File(file)))
            .SelectMany(Names)
            .ToHashSet();
    }

    private static IEnumerable<string> Names(string source)
    {
        var section = Section().Match(source).Groups["name"].Value;
        return section.Length == 0
            ? []
            : Property().Matches(source).Select(match => $"{section}__{match.Groups["name"].Value}");
    }

    [GeneratedRegex("const string Section = \"(?<name>\\w+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"public [^()\n]+? (?<name>\w+) \{ get; (set|init); \}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();
}
