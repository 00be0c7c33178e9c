using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>One solution, one place for versions, one name per folder.</summary>
public sealed partial class SolutionTests
{
    [Fact]
    public void The_solution_holds_every_project_and_no_other() =>
        InSolution()
            .Order(StringComparer.Ordinal)
            .ShouldBe(Project.All.Select(project => project.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void Versions_of_packages_stand_in_one_file() =>
        Project
            .All.SelectMany(project =>
                project
                    .Packages.Where(package =>
                        (package.Attribute("Version") ?? package.Attribute("VersionOverride")) is not null
                    )
                    .Select(package => $"{project}: {package.Attribute("Include")?.Value}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void An_assembly_has_the_name_of_its_folder() =>
        Project
            .All.Where(project => !project.IsTest)
            .Where(project => project.Name != "Integration." + project.Folder.Split('/')[1])
            .ShouldBeEmpty();

    [Fact]
    public void Everything_that_is_a_test_has_tests_in_its_name_so_that_a_run_of_the_solution_finds_it() =>
        Project
            .All.Where(project => project.IsTest)
            .Where(project =>
                project.Packages.Any(package => package.Attribute("Include")?.Value == "xunit.v3.mtp-off")
            )
            .Where(project => !project.Name.EndsWith(".Tests", StringComparison.Ordinal))
            .ShouldBeEmpty();

    private static IEnumerable<string> InSolution() =>
        ProjectLine()
            .Matches(File.ReadAllText(RepositoryFolder.File("Integration.sln")))
            .Select(match => match.Groups["path"].Value.Replace('\\', '/'));

    [GeneratedRegex("\"(?<path>[^\"]+\\.csproj)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectLine();
}
