using System.Text;
using System.Text.RegularExpressions;
using Integration.Errors;
using Integration.Ldap.Inputs;

namespace Integration.Ldap.Names;

/// <summary>
/// Reads a name as people write it (RFC 4514). Places <c>{{name}}</c> may stand in values only, and their values become part
/// of the tree: a comma in them separates nothing.
/// </summary>
internal sealed partial class NameReader
{
    private const int Longest = 5_000;
    private const string Special = "\"+,;<>=\\ #";

    private readonly string _text;
    private readonly Parameters? _parameters;
    private readonly string _field;
    private int _at;

    private NameReader(string text, string field, Parameters? parameters) =>
        (_text, _field, _parameters) = (text, field, parameters);

    /// <summary>Reads the name in an input.</summary>
    public static DistinguishedName Read(string text, string field, Parameters parameters) =>
        new NameReader(text, field, parameters).ReadAll();

    /// <summary>Reads a name that has no places, from a setting or a server; null when it is none.</summary>
    public static DistinguishedName? TryRead(string text)
    {
        try
        {
            return new NameReader(text, "", null).ReadAll();
        }
        catch (Errors.DataErrorException)
        {
            return null;
        }
    }

    private DistinguishedName ReadAll()
    {
        if (_text.Length > Longest)
            throw InvalidInput.At(_field, $"has more than {Longest} characters.");
        var parts = new List<IReadOnlyList<NameValue>>();
        SkipSpace();
        if (_at == _text.Length)
            return new DistinguishedName(parts);
        do
        {
            var part = new List<NameValue>();
            do part.Add(ReadValue());
            while (Take('+'));
            parts.Add(part);
        } while (Take(',') || Take(';'));
        return _at == _text.Length ? new DistinguishedName(parts) : throw Wrong("has a character that must be escaped");
    }

    private NameValue ReadValue()
    {
        SkipSpace();
        var match = Beginning().Match(_text, _at);
        if (!match.Success)
            throw Wrong("needs an attribute and = here, e.g. uid=ada (places are for values only)");
        _at += match.Length;
        var type = match.Groups["type"].Value;
        SkipSpace();
        if (_at < _text.Length && _text[_at] == '#')
            return ReadHex(type);
        var value = new MemoryStream();
        // Spaces at the end count only when they are escaped, or part of a parameter.
        var significant = 0L;
        while (_at < _text.Length && _text[_at] is not (',' or ';' or '+'))
        {
            var space = _text[_at] == ' ';
            ReadCharacter(value);
            significant = space ? significant : value.Length;
        }

        value.SetLength(significant);
        return value.Length > 0 ? new NameValue(type, value.ToArray()) : throw Wrong($"has no value for {type} here");
    }

    private void ReadCharacter(MemoryStream value)
    {
        switch (_text[_at])
        {
            case '\\':
                ReadEscape(value);
                break;
            case '"' or '<' or '>' or '\0':
                throw Wrong("has a character here that must be escaped with a \\");
            case '{' when _parameters is not null && Parameters.PlaceAt(_text, _at) is { } place:
                value.Write(_parameters.Value(place.Name, _field));
                _at += place.Length;
                break;
            default:
                if (!Rune.TryGetRuneAt(_text, _at, out var rune))
                    throw Wrong("has half a character here");
                _at += rune.Utf16SequenceLength;
                value.Write(Encoding.UTF8.GetBytes(rune.ToString()));
                break;
        }
    }

    private void ReadEscape(MemoryStream value)
    {
        var next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        if (Special.Contains(next, StringComparison.Ordinal))
        {
            value.WriteByte((byte)next);
            _at += 2;
        }
        else if (char.IsAsciiHexDigit(next) && _at + 2 < _text.Length && char.IsAsciiHexDigit(_text[_at + 2]))
        {
            value.Write(Convert.FromHexString(_text.AsSpan(_at + 1, 2)));
            _at += 3;
        }
        else
        {
            throw Wrong("needs a special character or two hexadecimal digits after the \\ here");
        }
    }

    private NameValue ReadHex(string type)
    {
        var match = Hexadecimal().Match(_text, _at);
        if (!match.Success)
            throw Wrong("needs pairs of hexadecimal digits after the # here; write \\# for the character");
        _at += match.Length;
        SkipSpace();
        return new NameValue(type, null, match.Value[1..]);
    }

    private bool Take(char separator)
    {
        if (_at >= _text.Length || _text[_at] != separator)
            return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
    }

    private Exception Wrong(string problem)
    {
        var rest = _at < _text.Length ? _text[_at..Math.Min(_text.Length, _at + 20)] : "";
        return InvalidInput.At(_field, $"{problem}: position {_at + 1}{(rest.Length > 0 ? $", '{rest}'" : "")}.");
    }

    [GeneratedRegex(@"\G(?<type>[A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)+) *=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\G#([0-9A-Fa-f]{2})+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hexadecimal();
}
