using System.Text.RegularExpressions;

namespace Integration.Repository.Tests;

/// <summary>What must not stand in a file that is published.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void There_are_files_to_judge() => TrackedFiles.All.Count.ShouldBeGreaterThan(100);

    [Fact]
    public void No_file_names_a_folder_of_somebodys_machine() => Found(MachinePath()).ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_package_registry() => Found(Registry()).ShouldBeEmpty();

    [Fact]
    public void No_file_has_marks_of_an_unfinished_merge() => Found(MergeMark()).ShouldBeEmpty();

    private static List<string> Found(Regex pattern) =>
        [
            .. TrackedFiles
                .Lines.Where(line => pattern.IsMatch(line.Text))
                .Select(line => $"{line.File}:{line.Line}: {line.Text.Trim()}"),
        ];

    [GeneratedRegex(
        @"(^|[^\w.:/-])(/(work|root|farm|home/[a-z]+|Users/\w+)/|[A-Z]:\\Users\\)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"""resolved"":\s*""http|registry\.(npmjs|yarnpkg)\.|api\.nuget\.|pypi\.(org|io)|<packageSource(s|Mapping)>|^registry\s*=",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Registry();

    [GeneratedRegex(@"^(<<<<<<<|>>>>>>>) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MergeMark();
}
