namespace Integration.ProcessCore.Feel.Syntax;

internal enum TokenKind
{
    /// <summary>A name or a keyword; which of them, the parser decides.</summary>
    Word,

    /// <summary>A name between backticks.</summary>
    QuotedName,
    Number,
    String,

    /// <summary>The text of <c>@"…"</c>.</summary>
    Temporal,
    Symbol,
    End,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string or quoted name, what is between the quotes with escapes resolved.</param>
/// <param name="Position">Index of its first character.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Word && Text == word;

    /// <summary>As a message names it.</summary>
    public override string ToString() =>
        Kind switch
        {
            TokenKind.End => "the end",
            TokenKind.String => $"the string \"{Text}\"",
            _ => $"'{Text}'",
        };
}
