using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>A setting has one name, in pages, help and messages: as the environment writes it, <c>Section__Name</c>.</summary>
public sealed partial class SettingNameTests
{
    // History is not rewritten.
    private static readonly string[] _history = ["docs/decisions/", "CHANGELOG.md"];

    private static readonly HashSet<string> _code =
    [
        .. TrackedFiles
            .All.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file =>
                file.StartsWith("shared/", StringComparison.Ordinal)
                || file.StartsWith("services/", StringComparison.Ordinal)
            ),
    ];

    private static readonly List<string> _sections =
    [
        .. _code
            .SelectMany(file => Section().Matches(File.ReadAllText(RepositoryFolder.File(file))))
            .Select(match => match.Groups["name"].Value.Split(':')[0])
            .Distinct(StringComparer.Ordinal),
    ];

    private static readonly Regex _withColon = new(
        $@"\b({string.Join('|', _sections)}):[A-Z]\w",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)
    );

    [Fact]
    public void There_are_sections_to_look_for() => _sections.ShouldContain("Pipeline");

    [Fact]
    public void Pages_name_settings_as_the_environment_does() =>
        TrackedFiles
            .Lines.Where(line => line.File.EndsWith(".md", StringComparison.Ordinal))
            .Where(line => !_history.Any(file => line.File.StartsWith(file, StringComparison.Ordinal)))
            .Where(line => _withColon.IsMatch(line.Text) && !IsKey(line.Text))
            .Select(line => $"{line.File}:{line.Line}: {line.Text.Trim()}")
            .ShouldBeEmpty();

    [Fact]
    public void Messages_name_settings_as_the_environment_does() =>
        TrackedFiles
            .Lines.Where(line => _code.Contains(line.File))
            .Where(line => Text().Matches(line.Text).Any(text => _withColon.IsMatch(text.Value)) && !IsKey(line.Text))
            .Select(line => $"{line.File}:{line.Line}: {line.Text.Trim()}")
            .ShouldBeEmpty();

    /// <summary>The configuration itself has colons, also where code hands arguments on.</summary>
    private static bool IsKey(string line) =>
        line.Contains("Configuration[", StringComparison.Ordinal)
        || line.Contains("\"--", StringComparison.Ordinal)
        || line.Contains(" Section = ", StringComparison.Ordinal)
        || line.TrimStart().StartsWith("//", StringComparison.Ordinal);

    [GeneratedRegex(@"const string Section = ""(?<name>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"""[^""]*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();
}
