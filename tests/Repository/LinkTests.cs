using System.Text;
using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>A link in the documentation leads somewhere.</summary>
public sealed partial class LinkTests
{
    private static IEnumerable<string> Pages =>
        TrackedFiles.All.Where(file => file.EndsWith(".md", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Every_link_to_a_file_of_the_repository_resolves() =>
        Links()
            .Where(link => !Resolves(link.Page, link.Target))
            .Select(link => $"{link.Page} → {link.Target}")
            .ShouldBeEmpty();

    [Fact]
    public void There_are_links_to_judge() => Links().ShouldNotBeEmpty();

    private static IEnumerable<(string Page, string Target)> Links() =>
        Pages.SelectMany(page =>
            Link()
                .Matches(WithoutCode(page))
                .Select(match => match.Groups["target"].Value)
                .Where(target => !Address().IsMatch(target))
                .Select(target => (page, target))
        );

    private static bool Resolves(string page, string target)
    {
        var parts = target.Split('#', 2);
        var folder = Path.GetDirectoryName(RepositoryFolder.File(page))!;
        var file =
            parts[0].Length == 0 ? RepositoryFolder.File(page) : Path.GetFullPath(Path.Combine(folder, parts[0]));
        if (!file.StartsWith(RepositoryFolder.Root, StringComparison.Ordinal))
            return false;
        if (Directory.Exists(file))
            return parts.Length == 1;
        return File.Exists(file) && (parts.Length == 1 || Anchors(file).Contains(parts[1]));
    }

    private static HashSet<string> Anchors(string file) =>
        [.. Heading().Matches(File.ReadAllText(file)).Select(match => Anchor(match.Groups["text"].Value))];

    /// <summary>As code hosts make them: lower case, punctuation dropped, spaces to hyphens.</summary>
    private static string Anchor(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var c in heading.Trim().ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c is '-' or '_')
                anchor.Append(c);
            else if (c == ' ')
                anchor.Append('-');
        }
        return anchor.ToString();
    }

    private static string WithoutCode(string page) => Code().Replace(File.ReadAllText(RepositoryFolder.File(page)), "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^#{1,6} +(?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(
        @"^```.*?^```|`[^`\n]*`",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Code();
}
