using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Integration.Sql.PostgreSql;

/// <summary>Reads the server's text form of an array: <c>{1,NULL,"a \"b\"",{…}}</c>.</summary>
internal sealed class ArrayText
{
    private readonly string _text;
    private int _at;

    private ArrayText(string text) => _text = text;

    /// <param name="text">Of the server.</param>
    /// <param name="items">Texts, nulls, and further lists.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out IReadOnlyList<object?>? items)
    {
        var reader = new ArrayText(text);
        // [0:2]={…}: bounds other than from 1 on are of no use outside.
        reader._at = text.StartsWith('[') ? text.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
        items = reader.List();
        return items is not null && reader._at == text.Length;
    }

    private List<object?>? List()
    {
        if (Next() != '{')
            return null;
        var items = new List<object?>();
        if (Peek() == '}')
        {
            _at++;
            return items;
        }

        while (true)
        {
            if (Peek() == '{')
            {
                if (List() is not { } inner)
                    return null;
                items.Add(inner);
            }
            else
            {
                items.Add(Peek() == '"' ? Quoted() : Bare());
            }

            switch (Next())
            {
                case ',':
                    continue;
                case '}':
                    return items;
                default:
                    return null;
            }
        }
    }

    private string Quoted()
    {
        var value = new StringBuilder();
        _at++;
        while (_at < _text.Length && _text[_at] != '"')
        {
            if (_text[_at] == '\\')
                _at++;
            if (_at < _text.Length)
                value.Append(_text[_at++]);
        }

        _at++;
        return value.ToString();
    }

    private string? Bare()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or '}'))
            _at++;
        var value = _text[start.._at];
        return value == "NULL" ? null : value;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private char Next() => _at < _text.Length ? _text[_at++] : '\0';
}
