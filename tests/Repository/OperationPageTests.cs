using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>Pages that are written from the code are those of operations that exist.</summary>
public sealed class OperationPageTests
{
    private const string Folder = "docs/reference/operations/";

    private static readonly string _index = File.ReadAllText(RepositoryFolder.File($"{Folder}README.md"));

    [Fact]
    public void There_are_pages_to_judge() => Pages().Count().ShouldBeGreaterThan(5);

    // The index is written from the code: a page that it does not name is of an operation that is gone.
    [Fact]
    public void Every_page_of_an_operation_is_in_the_index() =>
        Pages().Where(page => !_index.Contains($"]({page})", StringComparison.Ordinal)).ShouldBeEmpty();

    private static IEnumerable<string> Pages() =>
        TrackedFiles
            .All.Where(file => file.StartsWith(Folder, StringComparison.Ordinal))
            .Select(file => file[Folder.Length..])
            .Where(file => file != "README.md");
}
