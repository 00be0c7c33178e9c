using System.Text.RegularExpressions;

namespace Integration.Journeys.Tests;

/// <summary>A page of the documentation, read for the blocks of code that stand in it.</summary>
public sealed partial class Page
{
    private readonly string _name;
    private readonly string _text;

    private Page(string name, string text)
    {
        _name = name;
        _text = text;
    }

    /// <param name="name">E.g. <c>README.md</c>.</param>
    public static Page Open(string name) => new(name, File.ReadAllText(RepositoryFolder.File(name)));

    /// <summary>The part below a heading, up to the next one of the same rank.</summary>
    public Page Section(string heading)
    {
        var parts = $"\n{_text}".Split("\n## ");
        var part = parts.SingleOrDefault(part => part.StartsWith($"{heading}\n", StringComparison.Ordinal));
        return part is null
            ? throw new InvalidOperationException($"{_name} has no section '{heading}': correct the page or this test.")
            : new Page($"{_name}, {heading}", part);
    }

    /// <summary>The blocks in a language, in their order.</summary>
    public IReadOnlyList<string> Blocks(string language) =>
        [
            .. Fences()
                .Matches(_text)
                .Where(match => match.Groups["language"].Value == language)
                .Select(match => match.Groups["code"].Value),
        ];

    /// <summary>The one block in a language.</summary>
    public string Block(string language) =>
        Blocks(language) is [var block]
            ? block
            : throw new InvalidOperationException(
                $"{_name} must have one {language} block and has {Blocks(language).Count}."
            );

    /// <summary>
    /// What the page has its reader do, in its order: files to write, named by a comment <c>file: …</c> above their block, and commands
    /// to run, with what they print in a block <c>text</c> behind them.
    /// </summary>
    public IReadOnlyList<Step> Steps() =>
        [
            .. Marked()
                .Matches(_text)
                .Select(match => new Step(
                    match.Groups["file"] is { Success: true } file ? file.Value : null,
                    match.Groups["language"].Value,
                    match.Groups["code"].Value,
                    match.Groups["printed"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                )),
        ];

    /// <summary>A block of a page that is followed step by step.</summary>
    /// <param name="File">Where it is written to; null for a command.</param>
    /// <param name="Language">E.g. <c>csharp</c>.</param>
    /// <param name="Code">Its lines.</param>
    /// <param name="Prints">Lines that a command prints, others between them.</param>
    public sealed record Step(string? File, string Language, string Code, IReadOnlyList<string> Prints);

    [GeneratedRegex(
        @"(^<!-- file: (?<file>\S+) -->\n)?^```(?<language>\S+)\n(?<code>.*?)^```$(\n+^```text\n(?<printed>.*?)^```$)?",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Marked();

    [GeneratedRegex(
        @"^```(?<language>\S+)\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Fences();
}
