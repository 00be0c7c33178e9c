using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Integration.ProcessCore.Feel.Functions;

/// <summary>
/// Writes a regular expression of Java, which is what Camunda takes, as one of .NET. The two differ in what a line is, in what
/// <c>\d</c>, <c>\w</c>, <c>\s</c> and <c>\b</c> are, in the numbers of groups, in whitespace and comments of the flag <c>x</c>, and in
/// characters beyond the basic plane. What has no counterpart is refused: it would match something else in silence.
/// </summary>
internal sealed partial class PatternReader
{
    private const RegexOptions NamedGroups = RegexOptions.ExplicitCapture;

    // In milliseconds.
    private const int Patience = 1000;

    private const string LineEnd = @"\n\r\u0085\u2028\u2029";
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private const string Halves = @"\uD800-\uDFFF";
    private const string Word = "[a-zA-Z_0-9]";

    // Never between the two characters of \r\n.
    private const string NotInLineEnd = @"(?!(?<=\r)\n)";
    private const string LastEnd = $@"(?:{NotInLineEnd}(?=(?:\r\n|[{LineEnd}])?\z))";

    private static readonly FrozenDictionary<char, string> _classes = new Dictionary<char, string>
    {
        ['d'] = "0-9",
        ['w'] = "a-zA-Z_0-9",
        ['s'] = @" \t\n\x0B\f\r",
        ['h'] = @" \t\xA0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000",
        ['v'] = @"\n\x0B\f\r\u0085\u2028\u2029",
        ['D'] = @"\x00-/:-\uD7FF\uE000-\uFFFF",
        ['W'] = @"\x00-/:-@\[-^`{-\uD7FF\uE000-\uFFFF",
        ['S'] = @"\x00-\x08\x0E-\x1F!-\uD7FF\uE000-\uFFFF",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> _posix = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["Lower"] = "a-z",
        ["Upper"] = "A-Z",
        ["Alpha"] = "a-zA-Z",
        ["Digit"] = "0-9",
        ["Alnum"] = "a-zA-Z0-9",
        ["Punct"] = @"!-/:-@\[-`{-~",
        ["Blank"] = @" \t",
        ["Space"] = @" \t\n\x0B\f\r",
        ["XDigit"] = "0-9a-fA-F",
        ["ASCII"] = @"\x00-\x7F",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string _pattern;
    private readonly StringBuilder _result = new();
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly bool _dotAll;
    private readonly bool _lines;
    private readonly bool _spaced;
    private readonly bool _hasPairs;
    private int _groups;
    private int _position;

    private PatternReader(string pattern, string flags, bool hasPairs)
    {
        _hasPairs = hasPairs;
        _pattern = pattern;
        _dotAll = flags.Contains('s', StringComparison.Ordinal);
        _lines = flags.Contains('m', StringComparison.Ordinal);
        _spaced = flags.Contains('x', StringComparison.Ordinal);
    }

    /// <summary>The pattern for .NET.</summary>
    /// <param name="pattern">That of Java.</param>
    /// <param name="flags">Those of FEEL.</param>
    /// <param name="hasPairs">Whether the text has characters beyond the basic plane; without them the pattern is simpler.</param>
    /// <exception cref="ArgumentException">It is no regular expression, or one that .NET has no counterpart for.</exception>
    public static Pattern Read(string pattern, string flags, bool hasPairs)
    {
        // Flags at the very beginning are those of the whole.
        if (LeadingFlags().Match(pattern) is { Success: true } leading)
        {
            flags += leading.Groups["flags"].Value;
            pattern = pattern[leading.Length..];
        }
        if (flags.AsSpan().IndexOfAnyExcept("smix") >= 0)
            throw new PatternException("The flags of a pattern are s, m, i and x.");
        var options = RegexOptions.CultureInvariant;
        if (flags.Contains('i', StringComparison.Ordinal))
            options |= RegexOptions.IgnoreCase;
        var reader = new PatternReader(pattern, flags, hasPairs);
        reader.ReadAll();
        return new Pattern(
            new Regex(reader._result.ToString(), options, FeelLimits.RegexTime),
            reader._groups,
            reader._names
        );
    }

    private void ReadAll()
    {
        while (_position < _pattern.Length)
        {
            var next = _pattern[_position++];
            if (IsPassedOver(next))
                continue;
            switch (next)
            {
                case '\\':
                    ReadEscape();
                    break;
                case '.':
                    _result.Append(Without(_dotAll ? "" : LineEnd));
                    break;
                case '^':
                    _result.Append(_lines ? $@"(?:(?<=\A|[\n\u0085\u2028\u2029]|\r(?!\n))(?!\z))" : @"\A");
                    break;
                case '$':
                    _result.Append(_lines ? $@"(?:{NotInLineEnd}(?=[{LineEnd}]|\z))" : LastEnd);
                    break;
                case '[':
                    ReadClass();
                    break;
                case '(':
                    ReadGroup();
                    break;
                case '{':
                    ReadCount();
                    break;
                case '*' or '+' or '?':
                    ReadQuantifier(next);
                    break;
                default:
                    ReadLiteral(next);
                    break;
            }
        }
    }

    /// <summary>Any character but these. One beyond the basic plane is two units here, and must not be matched in more ways than one.</summary>
    private string Without(string members) =>
        _hasPairs ? $"(?:{Pair}|[^{members}{Halves}])"
        : members.Length == 0 ? @"[\s\S]"
        : $"[^{members}]";

    private string OrPair(string set) => _hasPairs ? $"(?:{Pair}|{set})" : set;

    /// <summary>Whitespace and comments of the flag <c>x</c>; Java takes them out of classes as well.</summary>
    private bool IsPassedOver(char next)
    {
        if (!_spaced)
            return false;
        if (next is ' ' or '\t' or '\n' or '\x0B' or '\f' or '\r')
            return true;
        if (next != '#')
            return false;
        while (
            _position < _pattern.Length && _pattern[_position] is not ('\n' or '\r' or '\u0085' or '\u2028' or '\u2029')
        )
            _position++;
        return true;
    }

    private void ReadLiteral(char next)
    {
        // One character of two units must be repeated as one.
        if (char.IsHighSurrogate(next) && _position < _pattern.Length && char.IsLowSurrogate(_pattern[_position]))
            _result.Append("(?:").Append(next).Append(_pattern[_position++]).Append(')');
        else
            _result.Append(next);
    }

    private void ReadQuantifier(char next)
    {
        if (_position < _pattern.Length && _pattern[_position] == '+')
            throw new PatternException("Possessive quantifiers such as a++ are not supported; write a group (?>a+).");
        _result.Append(next);
        if (_position < _pattern.Length && _pattern[_position] == '?')
        {
            _result.Append('?');
            _position++;
        }
    }

    private void ReadCount()
    {
        var match = Count().Match(_pattern, _position - 1);
        if (!match.Success)
            throw new PatternException(
                "A brace begins a number of repetitions such as {2,3}; write \\{ for the character."
            );
        _position += match.Length - 1;
        if (_position < _pattern.Length && _pattern[_position] == '+')
            throw new PatternException(
                "Possessive quantifiers such as a{2}+ are not supported; write a group (?>a{2})."
            );
        _result.Append(match.Value);
    }

    private void ReadGroup()
    {
        if (_position >= _pattern.Length || _pattern[_position] != '?')
        {
            _result.Append(CultureInfo.InvariantCulture, $"(?<{++_groups}>");
            return;
        }
        var match = GroupBeginning().Match(_pattern, _position);
        if (!match.Success)
            throw new PatternException(
                "A group begins with (, (?:, (?=, (?!, (?<=, (?<!, (?> or (?<name>; flags go before the whole pattern."
            );
        _position += match.Length;
        if (match.Groups["name"] is { Success: true, Value: var name })
        {
            if (!_names.TryAdd(name, ++_groups))
                throw new PatternException("Two groups have the same name.");
            _result.Append(CultureInfo.InvariantCulture, $"(?<{_groups}>");
        }
        else
        {
            _result.Append('(').Append(match.Value);
        }
    }

    private void ReadEscape()
    {
        var escaped = Escaped();
        if (escaped == 'Q')
        {
            var end = _pattern.IndexOf(@"\E", _position, StringComparison.Ordinal);
            var quoted = _pattern[_position..(end < 0 ? _pattern.Length : end)];
            _result.Append(Regex.Escape(quoted));
            _position += quoted.Length + (end < 0 ? 0 : 2);
        }
        else if (_classes.TryGetValue(escaped, out var members))
        {
            _result.Append(char.IsUpper(escaped) ? OrPair($"[{members}]") : $"[{members}]");
        }
        else if (escaped is 'p' or 'P')
        {
            _result.Append('[').Append(Property(escaped)).Append(']');
        }
        else if (char.IsAsciiDigit(escaped) && escaped != '0')
        {
            if (escaped - '0' > _groups)
                throw new PatternException("A backreference must refer to a group before it.");
            _result.Append(CultureInfo.InvariantCulture, $@"\k<{escaped}>");
        }
        else if (escaped == 'k')
        {
            var match = NameReference().Match(_pattern, _position);
            if (!match.Success || !_names.TryGetValue(match.Groups["name"].Value, out var number))
                throw new PatternException("A backreference must refer to a group before it.");
            _position += match.Length;
            _result.Append(CultureInfo.InvariantCulture, $@"\k<{number}>");
        }
        else
        {
            _result.Append(
                escaped switch
                {
                    'b' => $"(?:(?<={Word})(?!{Word})|(?<!{Word})(?={Word}))",
                    'B' => $"(?:(?<={Word})(?={Word})|(?<!{Word})(?!{Word}))",
                    'A' or 'z' or 'G' => $"\\{escaped}",
                    'Z' => LastEnd,
                    'R' => $@"(?:\r\n|[{_classes['v']}])",
                    _ => Character(escaped),
                }
            );
        }
    }

    private char Escaped() =>
        _position < _pattern.Length
            ? _pattern[_position++]
            : throw new PatternException("A backslash ends the pattern; write \\\\ for the character.");

    /// <summary>An escape that stands for one character, in a class or outside of it.</summary>
    private string Character(char escaped)
    {
        if (escaped is 't' or 'n' or 'r' or 'f' or 'a' or 'e')
            return $"\\{escaped}";
        if (escaped is 'x' or 'u')
        {
            var match = Code().Match(_pattern, _position - 1);
            if (!match.Success)
                throw new PatternException("A character by its number is written \\x41 or \\u0041.");
            _position += match.Length - 1;
            return $"\\{match.Value}";
        }
        if (char.IsAsciiLetterOrDigit(escaped))
            throw new PatternException($"The escape \\{escaped} is not supported in a pattern.");
        return char.IsSurrogate(escaped)
                ? throw new PatternException("A backslash is before a character that needs none.")
            : Regex.Escape(escaped.ToString()) is { Length: > 1 } special ? special
            : escaped is ']' or '}' or '-' ? $"\\{escaped}"
            : escaped.ToString();
    }

    /// <summary>What <c>\p{…}</c> stands for, as it is written in a class.</summary>
    private string Property(char escaped)
    {
        var match = PropertyName().Match(_pattern, _position);
        var name = match.Groups["name"].Value;
        _position += match.Length;
        if (match.Success && escaped == 'p' && _posix.TryGetValue(name, out var members))
            return members;
        if (match.Success && Category().IsMatch(name))
            return $"\\{escaped}{{{name.Replace("Is", "", StringComparison.Ordinal)}}}";
        throw new PatternException(
            "Of the properties \\p{…}, the general categories of Unicode such as Lu are supported, and Alpha, Digit, Alnum, Upper, Lower, "
                + "Punct, Space, Blank, XDigit and ASCII."
        );
    }

    private void ReadClass()
    {
        var isNegated = _position < _pattern.Length && _pattern[_position] == '^';
        if (isNegated)
            _position++;
        var members = new StringBuilder();
        var (afterSingle, inRange, hasComplement) = (false, false, false);
        while (true)
        {
            if (_position >= _pattern.Length)
                throw new PatternException("A class that begins with [ has no closing ].");
            var next = _pattern[_position++];
            if (IsPassedOver(next))
                continue;
            if (next == ']' && members.Length > 0)
                break;
            if (next == '-')
            {
                // Between two characters it makes a range; anywhere else it is itself.
                inRange = afterSingle && _position < _pattern.Length && _pattern[_position] != ']';
                members.Append(inRange ? "-" : "\\-");
                afterSingle = false;
                continue;
            }
            var (member, isSingle) = Member(next);
            if (inRange && !isSingle)
                throw new PatternException("A range in a class goes from one character to another.");
            hasComplement |= next == '\\' && char.IsUpper(_pattern[_position - 1]) && !isSingle;
            members.Append(member);
            (afterSingle, inRange) = (isSingle && !inRange, false);
        }
        _result.Append(
            isNegated && hasComplement ? $"[^{members}{Halves}]"
            : isNegated ? Without(members.ToString())
            : hasComplement ? OrPair($"[{members}]")
            : $"[{members}]"
        );
    }

    /// <summary>A character or a set of them, and which of the two it is.</summary>
    private (string Text, bool IsSingle) Member(char next)
    {
        if (next == '[' || (next == '&' && _position < _pattern.Length && _pattern[_position] == '&'))
            throw new PatternException("Classes within classes are not supported; write \\[ for the character.");
        if (char.IsSurrogate(next))
            throw new PatternException(
                "Characters beyond the basic plane are not supported in a class; write (?:a|b)."
            );
        if (next == ']')
            return ("\\]", true);
        if (next != '\\')
            return (next is '^' ? "\\^" : next.ToString(), true);
        var escaped = Escaped();
        return escaped is 'p' or 'P' ? (Property(escaped), false)
            : _classes.TryGetValue(escaped, out var members) ? (members, false)
            : (Character(escaped), true);
    }

    [GeneratedRegex(@"\A\(\?(?<flags>[a-zA-Z]+)\)", NamedGroups, Patience)]
    private static partial Regex LeadingFlags();

    [GeneratedRegex(@"\G\{[0-9]{1,9}(,[0-9]{0,9})?\}\??", NamedGroups, Patience)]
    private static partial Regex Count();

    [GeneratedRegex(@"\G\?(?:<?[=!]|[:>]|<(?<name>[a-zA-Z][a-zA-Z0-9]*)>)", NamedGroups, Patience)]
    private static partial Regex GroupBeginning();

    [GeneratedRegex(@"\G<(?<name>[a-zA-Z][a-zA-Z0-9]*)>", NamedGroups, Patience)]
    private static partial Regex NameReference();

    [GeneratedRegex(@"\G(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})", NamedGroups, Patience)]
    private static partial Regex Code();

    [GeneratedRegex(@"\G(?:\{(?<name>[A-Za-z]+)\}|(?<name>[A-Z]))", NamedGroups, Patience)]
    private static partial Regex PropertyName();

    [GeneratedRegex(
        @"\A(?:Is)?(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfosn]?)\z",
        NamedGroups,
        Patience
    )]
    private static partial Regex Category();
}
