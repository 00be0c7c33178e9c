using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>Code in the documentation that is said to be taken from a file stands there, and so compiles and is run.</summary>
public sealed partial class SampleTests
{
    public static TheoryData<string, string, string> Samples =>
        [
            .. TrackedFiles
                .All.Where(file => file.EndsWith(".md", StringComparison.Ordinal))
                .SelectMany(page =>
                    Sample()
                        .Matches(File.ReadAllText(RepositoryFolder.File(page)))
                        .Select(match => (page, match.Groups["file"].Value, match.Groups["code"].Value))
                ),
        ];

    [Fact]
    public void There_are_samples_to_judge() => Samples.Count.ShouldBeGreaterThan(1);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_stands_in_the_file_that_it_is_taken_from(string page, string file, string code) =>
        Folded(File.ReadAllText(RepositoryFolder.File(file)))
            .Contains(Folded(code), StringComparison.Ordinal)
            .ShouldBeTrue($"{page} shows code that is not in {file}:\n{code}");

    private static string Folded(string text) => Space().Replace(text, "");

    [GeneratedRegex(
        @"<!-- taken from: (?<file>[^ ]+) -->\s*```\w+\n(?<code>.*?)```",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Sample();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}
