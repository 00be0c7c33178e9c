using Integration.Sql.Settings;

namespace Integration.Sql.Statements;

/// <summary>
/// Finds the parameters of a statement, and that it is one statement: a second one behind a semicolon could leave the
/// transaction. Texts, quoted names and comments are passed over as the database reads them.
/// </summary>
internal sealed class SqlTextReader
{
    private static readonly HashSet<string> _control = new(StringComparer.OrdinalIgnoreCase)
    {
        "abort",
        "attach",
        "begin",
        "commit",
        "detach",
        "end",
        "pragma",
        "release",
        "reset",
        "rollback",
        "savepoint",
        "set",
        "start",
    };

    private readonly string _text;
    private readonly bool _postgreSql;
    private readonly List<SqlText.Piece> _pieces = [];
    private int _start;
    private int _at;

    private SqlTextReader(string text, DatabaseProvider provider) =>
        (_text, _postgreSql) = (text, provider == DatabaseProvider.PostgreSql);

    /// <exception cref="SqlTextException">It is not exactly one statement.</exception>
    public static SqlText Read(string text, DatabaseProvider provider) => new SqlTextReader(text, provider).Read();

    private SqlText Read()
    {
        if (_text.Contains('\0', StringComparison.Ordinal))
            throw new SqlTextException("holds a NUL character.");
        var end = -1;
        var any = false;
        while (_at < _text.Length)
        {
            var before = _at;
            if (PassComment() || char.IsWhiteSpace(_text[_at]) && ++_at > 0)
                continue;
            if (end >= 0)
            {
                if (_text[_at] != ';')
                    throw new SqlTextException("holds more than one statement. Run them as steps of one sql.execute.");
                _at++;
                continue;
            }

            if (_text[_at] == ';')
            {
                end = _at++;
                continue;
            }

            if (!any)
                RefuseControl();
            any = true;
            PassToken();
            if (_at == before)
                _at++;
        }

        if (!any)
            throw new SqlTextException("holds no statement.");
        AddText(end < 0 ? _text.Length : end);
        return new SqlText(_pieces);
    }

    // The transaction is the service's: a statement that ended it would also end what it promises.
    private void RefuseControl()
    {
        var end = _at;
        while (IsNamePart(end))
            end++;
        var word = _text[_at..end];
        if (_control.Contains(word))
            throw new SqlTextException(
                $"begins with {word.ToUpperInvariant()}. The service begins and ends transactions itself, and sets their mode."
            );
    }

    private bool PassComment()
    {
        if (Here("--"))
        {
            while (_at < _text.Length && _text[_at] is not ('\n' or '\r'))
                _at++;
            return true;
        }

        if (!Here("/*"))
            return false;
        var depth = 0;
        do
        {
            if (_at >= _text.Length)
                throw new SqlTextException("has a comment (/*) without its end.");
            // Only PostgreSQL nests them.
            var step = 1;
            if (Here("/*") && (_postgreSql || depth == 0))
                (depth, step) = (depth + 1, 2);
            else if (Here("*/"))
                (depth, step) = (depth - 1, 2);
            _at += step;
        } while (depth > 0);
        return true;
    }

    private void PassToken()
    {
        switch (_text[_at])
        {
            case '\'':
                PassQuoted('\'', escapes: _postgreSql && IsEscapeText());
                break;
            case '"':
                PassQuoted('"');
                break;
            case '`' when !_postgreSql:
                PassQuoted('`');
                break;
            case '[' when !_postgreSql:
                PassQuoted(']');
                break;
            case '$' when _postgreSql && !IsNamePart(_at - 1):
                PassDollarQuoted();
                break;
            case '?' or ':' when !_postgreSql:
            case '$' when !_postgreSql && IsNamePart(_at + 1) && _text[_at + 1] != '$':
                throw new SqlTextException($"has a parameter written with {_text[_at]}. Write @name.");
            case '@' when !IsOperator(_at - 1) && IsNameStart(_at + 1):
                TakeParameter();
                break;
            default:
                while (IsNamePart(_at))
                    _at++;
                break;
        }
    }

    private void PassQuoted(char quote, bool escapes = false)
    {
        var open = _text[_at];
        for (_at++; _at < _text.Length; _at++)
        {
            if (escapes && _text[_at] == '\\')
                _at++;
            else if (_text[_at] == quote)
            {
                if (_at + 1 >= _text.Length || _text[_at + 1] != quote || quote == ']')
                {
                    _at++;
                    return;
                }

                _at++;
            }
        }

        throw new SqlTextException($"has a {open} without its partner.");
    }

    // $$…$$ or $tag$…$tag$; $1 is no parameter here.
    private void PassDollarQuoted()
    {
        var tag = _at + 1;
        while (tag < _text.Length && _text[tag] != '$' && IsNamePart(tag))
            tag++;
        if (_at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))
            throw new SqlTextException("has a parameter written with $ and a number. Write @name and give it a type.");
        if (tag >= _text.Length || _text[tag] != '$')
            return;
        var quote = _text[_at..(tag + 1)];
        var close = _text.IndexOf(quote, tag + 1, StringComparison.Ordinal);
        if (close < 0)
            throw new SqlTextException($"has a {quote} without its partner.");
        _at = close + quote.Length;
    }

    private void TakeParameter()
    {
        AddText(_at);
        var name = ++_at;
        while (IsNamePart(_at) && _text[_at] != '$')
            _at++;
        _pieces.Add(new SqlText.Piece(_text[name.._at], IsParameter: true));
        _start = _at;
    }

    private void AddText(int end)
    {
        if (end > _start)
            _pieces.Add(new SqlText.Piece(_text[_start..end], IsParameter: false));
        _start = end;
    }

    // E'…' reads backslashes; a name that only ends in e does not make it one.
    private bool IsEscapeText() => _at > 0 && _text[_at - 1] is 'e' or 'E' && !IsNamePart(_at - 2);

    private bool Here(string text) => string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0;

    private bool IsNameStart(int at) => at < _text.Length && (char.IsAsciiLetter(_text[at]) || _text[at] == '_');

    private bool IsNamePart(int at) =>
        at >= 0 && at < _text.Length && (char.IsLetterOrDigit(_text[at]) || _text[at] is '_' or '$');

    // <@ and @@ are operators of PostgreSQL.
    private bool IsOperator(int at) => at >= 0 && _text[at] is '<' or '@' or '~' or '!' or '#' or '&' or '|';
}
