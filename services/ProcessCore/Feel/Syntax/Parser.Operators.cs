using Integration.ProcessCore.Feel.Nodes;

namespace Integration.ProcessCore.Feel.Syntax;

internal sealed partial class Parser
{
    // Higher binds tighter. Negation binds tighter than a power: -3 ** 2 is 9, as the specification has it.
    private const int Lowest = 0;
    private const int Or = 1;
    private const int And = 2;
    private const int Comparing = 3;
    private const int Additive = 4;
    private const int Multiplicative = 5;
    private const int Exponent = 6;
    private const int Negation = 7;
    private const int InstanceOf = 8;
    private const int Postfix = 9;

    private const int LongestChain = 1000;

    // The bracket that closes ]1..5[ would otherwise begin a filter.
    private bool _atEndOfRange;

    private Node ParseExpression(int above = Lowest)
    {
        if (++_nesting > FeelLimits.Nesting)
            throw Fail($"The expression is nested more than {FeelLimits.Nesting} deep; split it into several.");
        var node = ParseBeginning();
        for (var links = 0; Precedence() is var precedence && precedence > above; links++)
        {
            if (links == LongestChain)
                throw Fail(
                    $"More than {LongestChain} operators follow each other; use a list with sum(…), all(…) or string join(…)."
                );
            node = ParseContinuation(node, precedence);
        }
        _nesting--;
        return node;
    }

    /// <summary>An expression between brackets of any kind, where brackets mean what they always do.</summary>
    private Node ParseEnclosed()
    {
        var outer = _atEndOfRange;
        _atEndOfRange = false;
        var node = ParseExpression();
        _atEndOfRange = outer;
        return node;
    }

    /// <summary>How tightly the next token binds to what stands before it; 0 when it does not continue an expression.</summary>
    private int Precedence() =>
        Next switch
        {
            { Kind: TokenKind.Word, Text: "or" } => Or,
            { Kind: TokenKind.Word, Text: "and" } => And,
            { Kind: TokenKind.Word, Text: "between" or "in" } => Comparing,
            { Kind: TokenKind.Word, Text: "instance" } when Peek(1).IsWord("of") => InstanceOf,
            { Kind: TokenKind.Symbol, Text: "=" or "!=" or "<" or "<=" or ">" or ">=" } => Comparing,
            { Kind: TokenKind.Symbol, Text: "+" or "-" } => Additive,
            { Kind: TokenKind.Symbol, Text: "*" or "/" } => Multiplicative,
            { Kind: TokenKind.Symbol, Text: "**" } => Exponent,
            { Kind: TokenKind.Symbol, Text: "." or "(" } => Postfix,
            { Kind: TokenKind.Symbol, Text: "[" } when !_atEndOfRange => Postfix,
            _ => Lowest,
        };

    private Node ParseContinuation(Node left, int precedence)
    {
        var symbol = Take();
        return symbol.Text switch
        {
            "or" or "and" => new LogicNode(symbol.Text == "and", left, ParseExpression(precedence)),
            "between" => ParseBetween(left),
            "in" => new InNode(left, _names.Inside(ParseTests, InNode.Input)),
            "instance" => ParseInstanceOf(left),
            "." => new PathNode(left, ParsePropertyName()),
            "(" => new InvocationNode(left, ParseArguments()),
            "[" => ParseFilter(left),
            _ when precedence == Comparing => new ComparisonNode(symbol.Text, left, ParseExpression(precedence)),
            _ => new ArithmeticNode(symbol.Text, left, ParseExpression(precedence)),
        };
    }

    private BetweenNode ParseBetween(Node value)
    {
        var low = ParseExpression(Comparing);
        ExpectWord("and", "between the two bounds of 'between'");
        return new BetweenNode(value, low, ParseExpression(Comparing));
    }

    private InstanceOfNode ParseInstanceOf(Node value)
    {
        ExpectWord("of", "after 'instance'");
        return new InstanceOfNode(value, ParseType());
    }

    private FilterNode ParseFilter(Node list)
    {
        var filter = _names.Inside(ParseEnclosed, FilterNode.Item);
        ExpectSymbol("]", "after the filter");
        return new FilterNode(list, filter);
    }

    // Some properties have two words; everything else that follows a point is a single name, keyword or not.
    private string ParsePropertyName()
    {
        if (Next.Kind is not (TokenKind.Word or TokenKind.QuotedName))
            throw Fail($"Expected the name of an entry after '.', found {Next}.");
        var name = Take().Text;
        var second = (name, Next.Text) is ("time", "offset") or ("start", "included") or ("end", "included");
        return second && Next.Kind == TokenKind.Word ? $"{name} {Take().Text}" : name;
    }
}
