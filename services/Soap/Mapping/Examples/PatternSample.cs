using System.Text;

namespace Integration.Soap.Mapping;

/// <summary>
/// A text that matches a pattern of a schema, for examples: the first alternative, the fewest repetitions, the first character of
/// each class. Knows what patterns in schemas are mostly made of; the caller checks the result.
/// </summary>
internal sealed class PatternSample
{
    private const int MaxLength = 1000;

    private readonly string _pattern;
    private int _at;

    private PatternSample(string pattern) => _pattern = pattern;

    /// <returns>Null when the pattern is beyond it.</returns>
    public static string? Of(string pattern)
    {
        var sample = new PatternSample(pattern);
        var text = sample.Alternatives(0);
        return text is not null && sample._at == pattern.Length ? text : null;
    }

    private bool Is(char c) => _at < _pattern.Length && _pattern[_at] == c;

    // The first alternative; the others are read past.
    private string? Alternatives(int depth)
    {
        if (depth > 20)
            return null;
        var first = Branch(depth);
        while (first is not null && Is('|'))
        {
            _at++;
            if (Branch(depth) is null)
                return null;
        }

        return first;
    }

    private string? Branch(int depth)
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            if (Atom(depth) is not { } atom || Count() is not { } count)
                return null;
            if (atom.Length * (long)count > MaxLength)
                return null;
            for (var i = 0; i < count; i++)
                text.Append(atom);
        }

        return text.Length > MaxLength ? null : text.ToString();
    }

    private string? Atom(int depth)
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case '(':
                var inner = Alternatives(depth + 1);
                if (inner is null || !Is(')'))
                    return null;
                _at++;
                return inner;
            case '[':
                return Class();
            case '.':
                return "a";
            case '\\':
                return Escape();
            default:
                return c.ToString();
        }
    }

    private string? Escape()
    {
        if (_at == _pattern.Length)
            return null;
        var c = _pattern[_at++];
        switch (c)
        {
            case 'd':
                return "0";
            case 'w' or 'i' or 'c':
                return "a";
            case 's':
                return " ";
            case 'D' or 'S':
                return "a";
            case 'W':
                return "-";
            case 'n' or 'r' or 't':
                return c == 'n' ? "\n"
                    : c == 'r' ? "\r"
                    : "\t";
            case 'p':
                var end = _pattern.IndexOf('}', _at);
                if (end < 0)
                    return null;
                var category = _pattern[(_at + 1)..end];
                _at = end + 1;
                return category switch
                {
                    "Lu" => "A",
                    "L" or "Ll" or "IsBasicLatin" => "a",
                    "N" or "Nd" => "0",
                    "P" or "Pd" => "-",
                    _ => null,
                };
            default:
                return char.IsLetterOrDigit(c) ? null : c.ToString();
        }
    }

    private string? Class()
    {
        var negated = Is('^');
        if (negated)
            _at++;
        string? first = null;
        var members = new StringBuilder();
        while (_at < _pattern.Length && !Is(']'))
        {
            var c = _pattern[_at++];
            // A class within a class is subtracted; the first member is likely still one.
            var member =
                c == '\\' ? Escape()
                : c == '[' ? Class()
                : c.ToString();
            if (member is null)
                return null;
            first ??= member;
            members.Append(member);
        }

        if (_at == _pattern.Length)
            return null;
        _at++;
        if (!negated)
            return first;
        var chosen = "aA0-_ ".FirstOrDefault(c => !members.ToString().Contains(c, StringComparison.Ordinal));
        return chosen == default ? null : chosen.ToString();
    }

    private int? Count()
    {
        if (_at == _pattern.Length)
            return 1;
        switch (_pattern[_at])
        {
            case '?' or '*':
                _at++;
                return 0;
            case '+':
                _at++;
                return 1;
            case '{':
                var end = _pattern.IndexOf('}', _at);
                if (end < 0)
                    return null;
                var range = _pattern[(_at + 1)..end].Split(',');
                _at = end + 1;
                return int.TryParse(range[0], out var least) && least <= MaxLength ? least : null;
            default:
                return 1;
        }
    }
}
