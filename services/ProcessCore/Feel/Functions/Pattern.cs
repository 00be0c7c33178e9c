using System.Text;
using System.Text.RegularExpressions;
using Integration.ProcessCore.Feel.Runtime;

namespace Integration.ProcessCore.Feel.Functions;

/// <summary>A regular expression with the meaning that it has in Camunda, which is that of Java.</summary>
/// <param name="regex">The same for .NET; its groups have Java's numbers.</param>
/// <param name="groups">How many groups there are.</param>
/// <param name="names">Numbers of those that have a name.</param>
internal sealed class Pattern(Regex regex, int groups, IReadOnlyDictionary<string, int> names)
{
    /// <summary>Why a pattern that stands in an expression cannot work; null when it can.</summary>
    public static string? Problem(string pattern, string flags)
    {
        try
        {
            PatternReader.Read(pattern, flags, hasPairs: true);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The expression for a text; null and a warning when it is not valid.</summary>
    public static Pattern? Read(string pattern, string flags, string input, Evaluation evaluation)
    {
        try
        {
            return PatternReader.Read(pattern, flags, CodePoints.HasPairs(input));
        }
        catch (ArgumentException exception)
        {
            // Messages of .NET have the pattern in them, and that may come from a variable.
            evaluation.Null(
                exception is PatternException
                    ? exception.Message
                    : "The pattern is no regular expression that is supported."
            );
            return null;
        }
    }

    public bool IsMatch(string input) => regex.IsMatch(input);

    /// <summary>All matches.</summary>
    public string[] Matches(string input) => [.. regex.Matches(input).Select(match => match.Value)];

    /// <summary>What stands between the matches. Groups are no parts, and there is no empty part before an empty match.</summary>
    public IReadOnlyList<string> Split(string input)
    {
        var parts = new List<string>();
        var from = 0;
        foreach (var match in regex.Matches(input).Where(match => match is not { Index: 0, Length: 0 }))
        {
            parts.Add(input[from..match.Index]);
            from = match.Index + match.Length;
        }
        parts.Add(input[from..]);
        return parts;
    }

    /// <summary>
    /// Replaces all matches: <c>$1</c> and <c>${name}</c> are groups, a backslash takes its meaning from the character behind it. Null when
    /// the replacement refers to a group that is not there.
    /// </summary>
    public string? Replace(string input, string replacement) =>
        Parts(replacement) is { } parts
            ? regex.Replace(
                input,
                match =>
                    string.Concat(
                        parts.Select(part => part.Text + (part.Group is { } group ? match.Groups[group].Value : ""))
                    )
            )
            : null;

    private List<(string Text, int? Group)>? Parts(string replacement)
    {
        var parts = new List<(string, int?)>();
        var text = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] == '$')
            {
                if (Group(replacement, ref i) is not { } group)
                    return null;
                parts.Add((text.ToString(), group));
                text.Clear();
                continue;
            }
            if (replacement[i] == '\\' && ++i == replacement.Length)
                return null;
            text.Append(replacement[i]);
        }
        parts.Add((text.ToString(), null));
        return parts;
    }

    /// <summary>The group behind a dollar: a name between braces, or as many digits as make the number of one.</summary>
    private int? Group(string text, ref int position)
    {
        if (position + 1 < text.Length && text[position + 1] == '{')
        {
            var end = text.IndexOf('}', position);
            if (end < 0 || !names.TryGetValue(text[(position + 2)..end], out var named))
                return null;
            position = end;
            return named;
        }
        int? found = null;
        while (position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]))
        {
            var longer = (found ?? 0) * 10 + (text[position + 1] - '0');
            if (longer > groups)
                break;
            found = longer;
            position++;
        }
        return found;
    }
}

/// <summary>A pattern that means something else here than in Camunda, or nothing.</summary>
/// <param name="message">What, without the pattern itself.</param>
internal sealed class PatternException(string message) : ArgumentException(message);
