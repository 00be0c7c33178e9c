using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Files.Tests;

public sealed partial class Reference_page
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/files.md"));

    [Fact]
    public void It_explains_every_error_code()
    {
        var codes = Directory
            .EnumerateFiles(RepositoryFolder.File("shared/Files"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Codes().Matches(File.ReadAllText(file)))
            .Select(code => code.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        codes.Count.ShouldBeGreaterThan(5);
        foreach (var code in codes)
            _page.ShouldContain($"`{code}`");
    }

    [Fact]
    public void It_lists_the_settings_with_their_defaults()
    {
        _page.ShouldContain($"| `Files__MaxBytes` | `{new FilesOptions().MaxBytes}` |");
        _page.ShouldContain("| `Files__Stores__NAME__Kind` | required |");
        _page.ShouldContain("| `Files__Stores__NAME__Path` | empty |");
    }

    [GeneratedRegex("\"(?<code>file(-[a-z]+)+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Codes();
}
