using System.Text;
using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

internal static class StringFunctions
{
    public static readonly IReadOnlyList<Builtin> All =
    [
        Builtin.Of<FeelString, FeelNumber>(
            "substring",
            "string",
            "start position",
            (text, start) => Substring(text.Value, start, length: null)
        ),
        Builtin.Of<FeelString, FeelNumber, FeelNumber>(
            "substring",
            "string",
            "start position",
            "length",
            (text, start, length, _) => Substring(text.Value, start, length)
        ),
        Builtin.Of<FeelString>("string length", "string", text => FeelNumber.Of(CodePoints.Count(text.Value))),
        Builtin.Of<FeelString>("upper case", "string", text => new FeelString(LetterCase.Upper(text.Value))),
        Builtin.Of<FeelString>("lower case", "string", text => new FeelString(LetterCase.Lower(text.Value))),
        Builtin.Of<FeelString>("trim", "string", text => new FeelString(Trimmed(text.Value))),
        Builtin.Of<FeelString, FeelString>("substring before", "string", "match", Before),
        Builtin.Of<FeelString, FeelString>("substring after", "string", "match", After),
        Test("contains", (text, match) => text.Contains(match, StringComparison.Ordinal)),
        Test("starts with", (text, match) => text.StartsWith(match, StringComparison.Ordinal)),
        Test("ends with", (text, match) => text.EndsWith(match, StringComparison.Ordinal)),
        Builtin.Of<FeelString, FeelString>(
            "matches",
            "input",
            "pattern",
            (input, pattern, evaluation) => Matches(input, pattern, "", evaluation)
        ),
        Builtin.Of<FeelString, FeelString, FeelString>(
            "matches",
            "input",
            "pattern",
            "flags",
            (input, pattern, flags, evaluation) => Matches(input, pattern, flags.Value, evaluation)
        ),
        Builtin.Of<FeelString, FeelString, FeelString>(
            "replace",
            "input",
            "pattern",
            "replacement",
            (input, pattern, replacement, evaluation) => Replace(input, pattern, replacement, "", evaluation)
        ),
        new(
            "replace",
            ["input", "pattern", "replacement", "flags"],
            (values, evaluation) =>
                values is [FeelString input, FeelString pattern, FeelString replacement, FeelString flags]
                    ? Replace(input, pattern, replacement, flags.Value, evaluation)
                    : null
        ),
        Builtin.Of<FeelString, FeelString>("split", "string", "delimiter", Split),
        Builtin.Of<FeelString, FeelString>("extract", "string", "pattern", Extract),
        Builtin.Of<FeelString, FeelString>("extract", "input", "pattern", Extract),
        Builtin.Of<FeelList>("string join", "list", (list, evaluation) => Join(list.Items, "", evaluation)),
        Builtin.Of<FeelList, FeelValue>(
            "string join",
            "list",
            "delimiter",
            (list, delimiter, evaluation) =>
                TextOf(delimiter) is { } between ? Join(list.Items, between, evaluation) : null
        ),
        new(
            "string join",
            ["list", "delimiter", "prefix", "suffix"],
            (values, evaluation) =>
                values[0] is FeelList list
                && TextOf(values[1]) is { } between
                && TextOf(values[2]) is { } prefix
                && TextOf(values[3]) is { } suffix
                && Join(list.Items, between, evaluation) is { } joined
                    ? new FeelString(prefix + joined.Value + suffix)
                    : null
        ),
    ];

    private static Builtin Test(string name, Func<string, string, bool> test) =>
        Builtin.Of<FeelString, FeelString>(
            name,
            "string",
            "match",
            (text, match) => FeelBoolean.Of(test(text.Value, match.Value))
        );

    // Up to the blank and no further, as in Camunda: a no-break space stays.
    private static string Trimmed(string text)
    {
        var span = text.AsSpan();
        while (span is [<= ' ', .. var rest])
            span = rest;
        while (span is [.. var rest, <= ' '])
            span = rest;
        return span.ToString();
    }

    private static string? TextOf(FeelValue value) => value is FeelNull ? "" : (value as FeelString)?.Value;

    private static FeelString? Substring(string text, FeelNumber start, FeelNumber? length)
    {
        var count = CodePoints.Count(text);
        if (start.AsInt32() is not { } position || position == 0)
            return null;
        var first = position > 0 ? position - 1 : count + position;
        if (first < 0 || first >= count)
            return first == count ? new FeelString("") : null;
        if (length is null)
            return new FeelString(CodePoints.Slice(text, first, count - first));
        return length.Value < 1
            ? null
            : new FeelString(CodePoints.Slice(text, first, (int)Math.Min(decimal.Floor(length.Value), count - first)));
    }

    private static FeelString Before(FeelString text, FeelString match) =>
        new(text.Value.IndexOf(match.Value, StringComparison.Ordinal) is > 0 and var index ? text.Value[..index] : "");

    private static FeelString After(FeelString text, FeelString match) =>
        new(
            text.Value.IndexOf(match.Value, StringComparison.Ordinal) is >= 0 and var index
                ? text.Value[(index + match.Value.Length)..]
                : ""
        );

    private static FeelValue? Matches(FeelString input, FeelString pattern, string flags, Evaluation evaluation) =>
        Pattern.Read(pattern.Value, flags, input.Value, evaluation) is { } read
            ? FeelBoolean.Of(evaluation.Match(() => read.IsMatch(input.Value)))
            : null;

    private static FeelString? Replace(
        FeelString input,
        FeelString pattern,
        FeelString replacement,
        string flags,
        Evaluation evaluation
    )
    {
        if (Pattern.Read(pattern.Value, flags, input.Value, evaluation) is not { } read)
            return null;
        if (evaluation.Match(() => read.Replace(input.Value, replacement.Value)) is not { } result)
        {
            evaluation.Null(
                "The replacement refers to a group that the pattern does not have; write \\$ for a dollar."
            );
            return null;
        }
        evaluation.CheckLength(result.Length);
        return new FeelString(result);
    }

    private static FeelList? Split(FeelString text, FeelString delimiter, Evaluation evaluation)
    {
        if (Pattern.Read(delimiter.Value, "", text.Value, evaluation) is not { } read)
            return null;
        var parts = evaluation.Match(() => read.Split(text.Value));
        evaluation.Spend(parts.Count);
        return new FeelList([.. parts.Select(part => new FeelString(part))]);
    }

    private static FeelList? Extract(FeelString text, FeelString pattern, Evaluation evaluation)
    {
        if (Pattern.Read(pattern.Value, "", text.Value, evaluation) is not { } read)
            return null;
        var matches = evaluation.Match(() => read.Matches(text.Value));
        evaluation.Spend(matches.Length);
        return new FeelList([.. matches.Select(match => new FeelString(match))]);
    }

    private static FeelString? Join(IReadOnlyList<FeelValue> items, string delimiter, Evaluation evaluation)
    {
        var text = new StringBuilder();
        var separator = "";
        foreach (var item in items)
        {
            if (item is FeelNull)
                continue;
            if (item is not FeelString part)
                return null;
            evaluation.CheckLength((long)text.Length + separator.Length + part.Value.Length);
            text.Append(separator).Append(part.Value);
            separator = delimiter;
        }
        return new FeelString(text.ToString());
    }
}
