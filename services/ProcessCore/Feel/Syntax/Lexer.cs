using System.Globalization;
using System.Text;

namespace Integration.ProcessCore.Feel.Syntax;

/// <summary>Cuts the text of an expression into tokens.</summary>
internal sealed class Lexer(string text)
{
    // Longer symbols first: the first that fits is taken.
    private static readonly string[] _symbols =
    [
        .. "** .. <= >= != ->".Split(' '),
        .. "+-*/=<>()[]{},:.".Select(symbol => symbol.ToString()),
    ];

    private readonly List<Token> _tokens = [];
    private int _position;

    /// <summary>All tokens, the last of them <see cref="TokenKind.End"/>.</summary>
    public static IReadOnlyList<Token> Read(string text) => new Lexer(text).Read();

    /// <summary>Whether a text can stand in an expression as a name without quotes.</summary>
    public static bool IsName(string text) => text.Length > 0 && WordLength(text, 0) == text.Length;

    private List<Token> Read()
    {
        if (text.Length > FeelLimits.Length)
            throw new FeelSyntaxException(
                $"The expression has {text.Length} characters, at most {FeelLimits.Length} are allowed; split it up.",
                text,
                FeelLimits.Length
            );
        for (SkipBlanks(); _position < text.Length; SkipBlanks())
            ReadToken();
        _tokens.Add(new Token(TokenKind.End, "", text.Length));
        return _tokens;
    }

    private void ReadToken()
    {
        var next = text[_position];
        if (next == '"')
            Add(TokenKind.String, _position, ReadQuoted('"', "string"));
        else if (next == '`')
            Add(TokenKind.QuotedName, _position, ReadQuoted('`', "quoted name"));
        else if (next == '@')
            ReadTemporal();
        else if (char.IsAsciiDigit(next) || (next == '.' && char.IsAsciiDigit(Peek(1))))
            ReadNumber();
        else if (WordLength(text, _position) is > 0 and var length)
            AddNext(TokenKind.Word, length);
        else
            ReadSymbol();
    }

    private void ReadTemporal()
    {
        var start = _position++;
        if (Peek(0) != '"')
            throw Fail("'@' begins a temporal literal such as @\"2026-12-01\"; a string must follow it.", start);
        Add(TokenKind.Temporal, start, ReadQuoted('"', "temporal literal"));
    }

    private void ReadNumber()
    {
        var length = Digits(0);
        if (Peek(length) == '.' && char.IsAsciiDigit(Peek(length + 1)))
            length += 1 + Digits(length + 1);
        if (Peek(length) is 'e' or 'E')
        {
            var sign = Peek(length + 1) is '+' or '-' ? 1 : 0;
            var digits = Digits(length + 1 + sign);
            if (digits > 0)
                length += 1 + sign + digits;
        }
        AddNext(TokenKind.Number, length);
    }

    private void ReadSymbol()
    {
        var rest = text.AsSpan(_position);
        foreach (var symbol in _symbols)
        {
            if (rest.StartsWith(symbol))
            {
                AddNext(TokenKind.Symbol, symbol.Length);
                return;
            }
        }
        throw Fail($"The character '{Printable()}' has no meaning here.{Advice(rest)}", _position);
    }

    // A lone half of a surrogate pair cannot stand in a message.
    private string Printable() =>
        Rune.TryGetRuneAt(text, _position, out var rune) ? rune.ToString() : Rune.ReplacementChar.ToString();

    private static string Advice(ReadOnlySpan<char> rest) =>
        rest[0] switch
        {
            '\'' => " Strings go between double quotes.",
            '!' => " Negate with not(…).",
            '&' => " Write 'and'; strings are joined with '+'.",
            '|' => " Write 'or'.",
            '%' => " Write modulo(a, b).",
            ';' => " An expression is one value; there are no statements.",
            _ => "",
        };

    private string ReadQuoted(char quote, string what)
    {
        var start = _position++;
        var value = new StringBuilder();
        while (_position < text.Length)
        {
            var next = text[_position++];
            if (next == quote)
                return value.ToString();
            if (next == '\\')
                ReadEscape(value);
            else
                value.Append(next);
        }
        throw Fail($"The {what} that begins here has no closing {quote}.", start);
    }

    private void ReadEscape(StringBuilder value)
    {
        var start = _position - 1;
        var escaped = Peek(0);
        _position++;
        switch (escaped)
        {
            case '"' or '\'' or '\\' or '`' or '/':
                value.Append(escaped);
                break;
            case 'n':
                value.Append('\n');
                break;
            case 'r':
                value.Append('\r');
                break;
            case 't':
                value.Append('\t');
                break;
            case 'u':
                value.Append((char)ReadHex(4, start));
                break;
            case 'U':
                value.Append(ReadCodePoint(start));
                break;
            default:
                // Regular expressions are full of these: \d, \s, \. reach matches() as written.
                value.Append('\\').Append(escaped);
                break;
        }
    }

    private string ReadCodePoint(int start)
    {
        var value = ReadHex(6, start);
        return Rune.TryCreate(value, out var rune)
            ? rune.ToString()
            : throw Fail($"\\U{value:X6} is no Unicode character.", start);
    }

    private int ReadHex(int digits, int start)
    {
        var hex = text.AsSpan(_position, Math.Min(digits, text.Length - _position));
        if (
            hex.Length < digits
            || !int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
        )
            throw Fail($"This escape needs {digits} hexadecimal digits, e.g. \\u00e9 or \\U01F40E.", start);
        _position += digits;
        return value;
    }

    private void SkipBlanks()
    {
        while (_position < text.Length)
        {
            if (char.IsWhiteSpace(text[_position]) || text[_position] == '\uFEFF')
                _position++;
            else if (Peek(0) == '/' && Peek(1) == '/')
                _position = text.IndexOf('\n', _position) is >= 0 and var end ? end : text.Length;
            else if (Peek(0) == '/' && Peek(1) == '*')
                SkipComment();
            else
                break;
        }
    }

    private void SkipComment()
    {
        var end = text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        _position = end < 0 ? throw Fail("The comment that begins here has no closing */.", _position) : end + 2;
    }

    private static int WordLength(string text, int start)
    {
        var end = start;
        while (end < text.Length && Rune.TryGetRuneAt(text, end, out var rune))
        {
            if (!IsNameStart(rune) && !(end > start && IsNamePart(rune)))
                break;
            end += rune.Utf16SequenceLength;
        }
        return end - start;
    }

    // Everything beyond the basic plane may stand in a name, as in the grammar of the specification.
    private static bool IsNameStart(Rune rune) => Rune.IsLetter(rune) || rune.Value is '_' or '?' or '$' || !rune.IsBmp;

    private static bool IsNamePart(Rune rune) =>
        Rune.IsDigit(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.LetterNumber;

    private int Digits(int offset)
    {
        var count = 0;
        while (char.IsAsciiDigit(Peek(offset + count)))
            count++;
        return count;
    }

    private char Peek(int offset) => _position + offset < text.Length ? text[_position + offset] : '\0';

    private void AddNext(TokenKind kind, int length)
    {
        Add(kind, _position, text.Substring(_position, length));
        _position += length;
    }

    private void Add(TokenKind kind, int start, string value) => _tokens.Add(new Token(kind, value, start));

    private FeelSyntaxException Fail(string reason, int position) => new(reason, text, position);
}
