using System.Text.Json;
using System.Text.RegularExpressions;

namespace Integration.Fixtures;

/// <summary>A place in the schema of inputs, with references followed.</summary>
internal readonly record struct InputSchema(JsonElement Whole, JsonElement Here)
{
    /// <summary>Whether <c>anyOf</c> says that null is taken besides.</summary>
    public bool OrNull => Keyword("anyOf") is not null;

    public InputSchema Target =>
        Keyword("$ref") is { } reference ? At(reference.GetString()!).Target
        : Keyword("anyOf") is { } several ? new InputSchema(Whole, several[0]).Target
        : this;

    public IEnumerable<string> Types =>
        Keyword("type") switch
        {
            { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(type => type.GetString()!),
            { } one => [one.GetString()!],
            _ => [],
        };

    /// <summary>Whether a text may stand for a number.</summary>
    public bool TakesNumbersAsTexts =>
        Keyword("x-written-as") is null && Types.Contains("string") && Types.Any(type => type is "number" or "integer");

    public JsonElement? Keyword(string keyword) =>
        Here.ValueKind == JsonValueKind.Object && Here.TryGetProperty(keyword, out var value) ? value : null;

    public bool Matches(string text) =>
        Keyword("pattern") is not { } pattern
        || Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1));

    public IEnumerable<(string Name, InputSchema Schema)> Fields
    {
        get
        {
            var whole = Whole;
            return Keyword("properties") is { } fields
                ? fields.EnumerateObject().Select(one => (one.Name, new InputSchema(whole, one.Value)))
                : [];
        }
    }

    public IEnumerable<string> Required =>
        Keyword("required") is { } required ? required.EnumerateArray().Select(name => name.GetString()!) : [];

    /// <summary>Of an entry of a list or map; null where it may be anything.</summary>
    public InputSchema? Within(string keyword) =>
        Keyword(keyword) is { ValueKind: JsonValueKind.Object } inner ? new InputSchema(Whole, inner) : null;

    private InputSchema At(string reference)
    {
        var here = Whole;
        foreach (var step in reference.Split('/').Skip(1))
            here = here.GetProperty(step);
        return new InputSchema(Whole, here);
    }
}
