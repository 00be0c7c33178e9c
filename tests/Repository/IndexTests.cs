using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>A reader finds every page from the index of the documentation.</summary>
public sealed partial class IndexTests
{
    private const string Index = "docs/README.md";

    // These folders have an index of their own, which is in the index.
    private static readonly string[] _indexed = ["docs/decisions/", "docs/reference/operations/"];

    private static readonly string _index = File.ReadAllText(RepositoryFolder.File(Index));

    [Fact]
    public void Every_page_is_in_the_index_by_kind() =>
        Pages().Except(Linked(Section("By kind")), StringComparer.Ordinal).ShouldBeEmpty($"Add a line to {Index}.");

    [Fact]
    public void The_index_by_reader_names_every_reader() =>
        Reader()
            .Matches(Section("By reader"))
            .Select(row => row.Groups["who"].Value)
            .ShouldBe(["design processes", "develop a service", "operate the system", "connect an engine"]);

    [Fact]
    public void Every_decision_is_in_the_index_of_decisions()
    {
        const string Folder = "docs/decisions/";
        var decisions = File.ReadAllText(RepositoryFolder.File($"{Folder}README.md"));
        TrackedFiles
            .All.Where(file => file.StartsWith(Folder, StringComparison.Ordinal))
            .Select(file => file[Folder.Length..])
            .Where(file => file != "README.md" && !decisions.Contains($"]({file})", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Pages()
    {
        var pages = TrackedFiles
            .All.Where(file => file.StartsWith("docs/", StringComparison.Ordinal))
            .Where(file => file.EndsWith(".md", StringComparison.Ordinal) && file != Index)
            .Where(file =>
                file.EndsWith("/README.md", StringComparison.Ordinal)
                || !_indexed.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))
            )
            .ToList();
        pages.Count.ShouldBeGreaterThan(20);
        return pages;
    }

    private static string Section(string heading) =>
        _index.Split("\n## ").Single(part => part.StartsWith(heading, StringComparison.Ordinal));

    private static IEnumerable<string> Linked(string text) =>
        Link().Matches(text).Select(link => $"docs/{link.Groups["page"].Value}");

    [GeneratedRegex(@"\]\((?<page>[^)#]+\.md)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"^\| \*\*(?<who>[^*]+)\*\*",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Reader();
}
