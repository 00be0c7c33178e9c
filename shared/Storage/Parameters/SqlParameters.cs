using System.Text;

namespace Integration.Storage.Parameters;

/// <summary>The <c>@names</c> of a statement, in order of first appearance, and the statement with <c>$1</c>, <c>$2</c> … instead.</summary>
internal sealed record SqlParameters(IReadOnlyList<string> Names, string Positional)
{
    /// <summary>Reads the names; what stands in literals, quoted identifiers and comments is no parameter.</summary>
    public static SqlParameters Read(string sql)
    {
        var names = new List<string>();
        var positional = new StringBuilder(sql.Length);
        var at = 0;
        while (at < sql.Length)
        {
            var end = EndOfToken(sql, at);
            if (sql[at] == '@' && end > at + 1)
                positional.Append('$').Append(IndexOf(names, sql[(at + 1)..end]) + 1);
            else
                positional.Append(sql, at, end - at);
            at = end;
        }
        return new SqlParameters(names, positional.ToString());
    }

    private static int EndOfToken(string sql, int at) =>
        sql[at] switch
        {
            '\'' or '"' => After(sql, sql[at].ToString(), at + 1),
            '-' when sql.AsSpan(at).StartsWith("--") => After(sql, "\n", at),
            '/' when sql.AsSpan(at).StartsWith("/*") => After(sql, "*/", at + 2),
            '@' => EndOfName(sql, at + 1),
            _ => at + 1,
        };

    private static int After(string sql, string mark, int from)
    {
        var found = sql.IndexOf(mark, from, StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + mark.Length;
    }

    private static int EndOfName(string sql, int from)
    {
        var end = from;
        while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_'))
            end++;
        return end;
    }

    private static int IndexOf(List<string> names, string name)
    {
        var found = names.FindIndex(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
        if (found >= 0)
            return found;
        names.Add(name);
        return names.Count - 1;
    }
}
