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

    [GeneratedRegex(
        @"^```(?<language>\S+)\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Fences();
}
