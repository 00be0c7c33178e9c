using System.Text;

namespace Integration.Sql.Statements;

/// <summary>One SQL statement, cut at its parameters, so that each database gets them in its own form.</summary>
internal sealed class SqlText
{
    private readonly IReadOnlyList<Piece> _pieces;

    public SqlText(IReadOnlyList<Piece> pieces)
    {
        _pieces = pieces;
        Parameters =
        [
            .. pieces.Where(piece => piece.IsParameter).Select(piece => piece.Text).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Names in the order of their first use.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The text with something for each parameter.</summary>
    public string With(Func<string, string> placeholder)
    {
        var text = new StringBuilder();
        foreach (var piece in _pieces)
            text.Append(piece.IsParameter ? placeholder(piece.Text) : piece.Text);
        return text.ToString();
    }

    /// <param name="Text">SQL, or the name of a parameter.</param>
    /// <param name="IsParameter">Which of them.</param>
    public sealed record Piece(string Text, bool IsParameter);
}
