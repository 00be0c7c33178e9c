using Integration.ProcessCore.Feel.Nodes;

namespace Integration.ProcessCore.Feel.Syntax;

/// <summary>
/// Reads tokens as an expression, by operator precedence. What an expression begins with, operators, function calls
/// and types have a file each.
/// </summary>
internal sealed partial class Parser(string text, bool isStored = false)
{
    private readonly IReadOnlyList<Token> _tokens = Lexer.Read(text);
    private readonly LexicalNames _names = new();
    private int _next;
    private int _nesting;

    /// <summary>The names that the expression does not define itself.</summary>
    public IReadOnlySet<string> FreeVariables => _names.Free;

    private Token Next => _tokens[_next];

    /// <summary>Reads the whole text as one expression.</summary>
    public Node ParseWhole()
    {
        if (Next.Kind == TokenKind.End)
            throw Fail("There is no expression. Write a value, e.g. =amount, or leave the '=' out for fixed text.");
        var node = ParseExpression();
        return Next.Kind == TokenKind.End
            ? node
            : throw Fail($"Expected an operator or the end, found {Next}.{AdviceAfterValue()}");
    }

    private Token Take() => _tokens[_next++];

    private Token Peek(int offset) => _tokens[Math.Min(_next + offset, _tokens.Count - 1)];

    private bool TakeSymbol(string symbol)
    {
        var found = Next.IsSymbol(symbol);
        if (found)
            _next++;
        return found;
    }

    private bool TakeWord(string word)
    {
        var found = Next.IsWord(word);
        if (found)
            _next++;
        return found;
    }

    private void ExpectSymbol(string symbol, string where)
    {
        if (!TakeSymbol(symbol))
            throw Fail($"Expected '{symbol}' {where}, found {Next}.{AdviceAfterValue()}");
    }

    private void ExpectWord(string word, string where)
    {
        if (!TakeWord(word))
            throw Fail($"Expected '{word}' {where}, found {Next}.{AdviceAfterValue()}");
    }

    /// <summary>One or more of something between commas.</summary>
    private List<T> Separated<T>(Func<T> parse)
    {
        var items = new List<T>();
        do items.Add(parse());
        while (TakeSymbol(","));
        return items;
    }

    private string ExpectName(string what)
    {
        if (Next.Kind == TokenKind.QuotedName || (Next.Kind == TokenKind.Word && !Keywords.IsReserved(Next.Text)))
            return Take().Text;
        throw Fail(
            Next.Kind == TokenKind.Word
                ? $"{Next} is a keyword and cannot be {what}; put it between backticks."
                : $"Expected {what}, found {Next}."
        );
    }

    private string AdviceAfterValue()
    {
        var previous = _next == 0 ? default : _tokens[_next - 1];
        return previous.Kind == TokenKind.Word && Next.Kind == TokenKind.Word
            ? $" A name with blanks goes between backticks: `{previous.Text} {Next.Text}`."
            : "";
    }

    private FeelSyntaxException Fail(string reason) => Fail(reason, Next);

    private FeelSyntaxException Fail(string reason, Token at) => new(reason, text, at.Position);
}
