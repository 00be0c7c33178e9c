using System.Text;
using System.Text.RegularExpressions;
using Integration.Errors;
using Integration.Ldap.Inputs;

namespace Integration.Ldap.Filters;

/// <summary>
/// Reads a filter as people write it (RFC 4515) into a tree. Places <c>{{name}}</c> may stand in values only, and their
/// values become part of the tree's leaves: neither parentheses nor wildcards in them mean anything.
/// </summary>
internal sealed partial class FilterReader
{
    private const int Longest = 10_000;
    private const int Deepest = 50;

    private readonly string _text;
    private readonly string _field;
    private readonly Parameters _parameters;
    private int _at;

    private FilterReader(string text, string field, Parameters parameters) =>
        (_text, _field, _parameters) = (text, field, parameters);

    public static Filter Read(string text, string field, Parameters parameters)
    {
        if (text.Length > Longest)
            throw InvalidInput.At(field, $"has more than {Longest} characters.");
        var reader = new FilterReader(text, field, parameters);
        reader.SkipSpace();
        var filter = reader.ReadOne(depth: 0);
        reader.SkipSpace();
        return reader._at == text.Length ? filter : throw reader.Wrong("ends before this");
    }

    private Filter ReadOne(int depth)
    {
        if (depth > Deepest)
            throw Wrong($"is nested more than {Deepest} deep");
        Expect('(');
        SkipSpace();
        Filter filter;
        switch (Peek())
        {
            case '&' or '|':
                filter = new SetFilter(_text[_at++] == '&', ReadList(depth));
                break;
            case '!':
                _at++;
                SkipSpace();
                filter = new NotFilter(ReadOne(depth + 1));
                SkipSpace();
                break;
            default:
                filter = ReadComparison();
                break;
        }

        Expect(')');
        return filter;
    }

    private List<Filter> ReadList(int depth)
    {
        var parts = new List<Filter>();
        SkipSpace();
        while (Peek() == '(')
        {
            parts.Add(ReadOne(depth + 1));
            SkipSpace();
        }

        return parts.Count > 0 ? parts : throw Wrong("needs a filter in parentheses here");
    }

    private Filter ReadComparison()
    {
        var match = Beginning().Match(_text, _at);
        if (!match.Success)
            throw Wrong("needs an attribute and =, >=, <=, ~= or := here (places are for values only)");
        var attribute = match.Groups["attribute"].Value;
        // Without an attribute it is not known whether the rule would search one that is forbidden.
        if (attribute.Length == 0)
            throw Wrong("needs an attribute before its rule here");
        if (char.IsAsciiDigit(attribute[0]))
            throw Wrong("has the number of an attribute here; write its name");
        _at += match.Length;
        var pieces = ReadValue();
        if (match.Groups["operator"].Value == ":=")
            return Extensible(match, attribute, Whole(pieces));
        if (match.Groups["rule"].Success || match.Groups["dn"].Success)
            throw Wrong("needs := after a rule");
        return match.Groups["operator"].Value switch
        {
            ">=" => new ComparisonFilter(Comparison.GreaterOrEqual, attribute, Whole(pieces)),
            "<=" => new ComparisonFilter(Comparison.LessOrEqual, attribute, Whole(pieces)),
            "~=" => new ComparisonFilter(Comparison.Approximate, attribute, Whole(pieces)),
            _ when pieces.Count == 1 => new ComparisonFilter(Comparison.Equal, attribute, pieces[0]),
            _ when pieces.TrueForAll(piece => piece.Length == 0) => new PresenceFilter(attribute),
            _ => Substrings(attribute, pieces),
        };
    }

    private static ExtensibleFilter Extensible(Match match, string attribute, byte[] value) =>
        new(
            attribute,
            match.Groups["rule"].Success ? match.Groups["rule"].Value : null,
            match.Groups["dn"].Success,
            value
        );

    private static SubstringFilter Substrings(string attribute, List<byte[]> pieces) =>
        new(
            attribute,
            pieces[0].Length > 0 ? pieces[0] : null,
            [.. pieces.Skip(1).SkipLast(1).Where(piece => piece.Length > 0)],
            pieces[^1].Length > 0 ? pieces[^1] : null
        );

    private byte[] Whole(List<byte[]> pieces) =>
        pieces.Count == 1 ? pieces[0] : throw Wrong("has a * where none is allowed; write \\2a for the character");

    /// <summary>The value up to its closing parenthesis, in the pieces between its wildcards.</summary>
    private List<byte[]> ReadValue()
    {
        var pieces = new List<byte[]>();
        var piece = new MemoryStream();
        while (Peek() is not ')')
        {
            switch (Peek())
            {
                case '*':
                    pieces.Add(piece.ToArray());
                    piece.SetLength(0);
                    _at++;
                    break;
                case '\\':
                    piece.WriteByte(ReadEscape());
                    break;
                case '(' or '\0':
                    throw Wrong("has a character here that must be written as \\28 for (, \\00 for NUL");
                case '{' when Parameters.PlaceAt(_text, _at) is { } place:
                    piece.Write(_parameters.Value(place.Name, _field));
                    _at += place.Length;
                    break;
                default:
                    piece.Write(ReadCharacter());
                    break;
            }
        }

        pieces.Add(piece.ToArray());
        return pieces;
    }

    private byte ReadEscape()
    {
        if (_at + 2 >= _text.Length || !char.IsAsciiHexDigit(_text[_at + 1]) || !char.IsAsciiHexDigit(_text[_at + 2]))
            throw Wrong("needs two hexadecimal digits after the \\ here, e.g. \\2a for *");
        var value = Convert.FromHexString(_text.AsSpan(_at + 1, 2));
        _at += 3;
        return value[0];
    }

    private byte[] ReadCharacter()
    {
        if (!Rune.TryGetRuneAt(_text, _at, out var rune))
            throw Wrong("has half a character here");
        _at += rune.Utf16SequenceLength;
        return Encoding.UTF8.GetBytes(rune.ToString());
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw Wrong("ends too early");

    private void Expect(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected)
            throw Wrong($"needs a {expected} here");
        _at++;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private Exception Wrong(string problem)
    {
        var rest = _at < _text.Length ? _text[_at..Math.Min(_text.Length, _at + 20)] : "";
        return InvalidInput.At(_field, $"{problem}: position {_at + 1}{(rest.Length > 0 ? $", '{rest}'" : "")}.");
    }

    // attribute[:dn][:rule]operator (RFC 4515, 3): names or numbers with dots, and options of attributes.
    [GeneratedRegex(
        @"\G(?<attribute>([A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)+)(;[A-Za-z0-9-]+)*)?(?<dn>:dn)?(:(?<rule>[A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)+))?(?<operator>=|>=|<=|~=|:=)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Beginning();
}
