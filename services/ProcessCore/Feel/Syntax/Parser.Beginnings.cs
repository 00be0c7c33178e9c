using Integration.ProcessCore.Feel.Nodes;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Syntax;

// What an expression can begin with: values, names, brackets and the words of control flow.
internal sealed partial class Parser
{
    private Node ParseBeginning() =>
        Next.Kind switch
        {
            TokenKind.Number => ParseNumber(Take()),
            TokenKind.String => new LiteralNode(new FeelString(Take().Text)),
            TokenKind.Temporal => ParseTemporal(Take()),
            TokenKind.QuotedName => ParseName(),
            TokenKind.Word => ParseWord(),
            TokenKind.Symbol => ParseBracket(),
            _ => throw Fail("Expected a value, found the end."),
        };

    private LiteralNode ParseNumber(Token token) =>
        FeelNumber.Read(token.Text) is { } number && (number is FeelNumber || isStored)
            ? new LiteralNode(number)
            : throw Fail(
                $"The number {token.Text} cannot be computed with: numbers have up to 28 digits, no more of them behind the point, and go "
                    + "up to about 7.9e28. Put it into a variable if it is only passed on.",
                token
            );

    private LiteralNode ParseTemporal(Token token) =>
        Temporal.Parse(token.Text) is { } value
            ? new LiteralNode(value)
            : throw Fail(
                $"\"{token.Text}\" is no date, time or duration. Write e.g. @\"2026-12-01\", @\"10:30:00\", "
                    + "@\"2026-12-01T10:30:00Z\", @\"PT5M\" or @\"P1Y\".",
                token
            );

    private Node ParseWord()
    {
        switch (Next.Text)
        {
            case "null":
                Take();
                return new LiteralNode(FeelNull.Value);
            case "true" or "false":
                return new LiteralNode(FeelBoolean.Of(Take().Text == "true"));
            case "if":
                return ParseIf();
            case "for":
                return ParseFor();
            case "some" or "every":
                return ParseQuantified();
            case "function":
                return ParseFunction();
            // Between two values they are operators, at a beginning the functions over a list.
            case "and" or "or" when Peek(1).IsSymbol("("):
                return ParseBuiltinCall()!;
            case { } word when Keywords.IsReserved(word):
                throw Fail($"Expected a value, found the keyword {Next}.");
            default:
                return ParseBuiltinCall() ?? (Node)ParseName();
        }
    }

    private NameNode ParseName()
    {
        var name = Take().Text;
        _names.Use(name);
        if (name == InNode.Input)
            _usesOfInput++;
        return new NameNode(name);
    }

    private Node ParseBracket()
    {
        var symbol = Take();
        switch (symbol.Text)
        {
            case "-":
                return new NegationNode(ParseExpression(Negation));
            case "(":
                return ParseParenthesis();
            case "[":
                return ParseListOrRange();
            case "]" when !AtClosing():
                var start = ParseEnclosed();
                ExpectSymbol("..", "after the start of a range");
                return ParseRangeFrom(start, startIncluded: false);
            case "{":
                return _names.Inside(ParseContext);
            default:
                throw Fail($"Expected a value, found {symbol}.{AdviceForSymbol(symbol.Text)}", symbol);
        }
    }

    private bool AtClosing() =>
        Next.Kind == TokenKind.End || Next is { Kind: TokenKind.Symbol, Text: ")" or "]" or "}" or "," };

    private static string AdviceForSymbol(string symbol) =>
        symbol switch
        {
            "=" => " Equality is a single '='.",
            "<" or ">" or "<=" or ">=" or "!=" => " A comparison without a left side can only follow 'in'.",
            "+" => " A number needs no '+'.",
            _ => "",
        };

    private Node ParseParenthesis()
    {
        var node = ParseEnclosed();
        if (TakeSymbol(".."))
            return ParseRangeFrom(node, startIncluded: false);
        ExpectSymbol(")", "to close the parenthesis");
        return node;
    }

    private Node ParseListOrRange()
    {
        if (TakeSymbol("]"))
            return new ListNode([]);
        var first = ParseEnclosed();
        if (TakeSymbol(".."))
            return ParseRangeFrom(first, startIncluded: true);
        var items = new List<Node> { first };
        while (TakeSymbol(","))
            items.Add(ParseEnclosed());
        ExpectSymbol("]", "to close the list");
        return new ListNode(items);
    }

    private RangeNode ParseRangeFrom(Node start, bool startIncluded)
    {
        var outer = _atEndOfRange;
        _atEndOfRange = true;
        var end = ParseExpression(Comparing);
        _atEndOfRange = outer;
        if (!Next.IsSymbol("]") && !Next.IsSymbol(")") && !Next.IsSymbol("["))
            throw Fail($"Expected ']', ')' or '[' to close the range, found {Next}.");
        return new RangeNode(start, startIncluded, end, endIncluded: Take().Text == "]");
    }

    private ContextNode ParseContext()
    {
        if (TakeSymbol("}"))
            return new ContextNode([]);
        var entries = new OrderedDictionary<string, Node>(StringComparer.Ordinal);
        Separated(() => ParseEntry(entries));
        ExpectSymbol("}", "to close the context");
        return new ContextNode([.. entries]);
    }

    private string ParseEntry(OrderedDictionary<string, Node> entries)
    {
        var key = Next;
        if (key.Kind is not (TokenKind.Word or TokenKind.QuotedName or TokenKind.String))
            throw Fail($"Expected the name of an entry, found {Next}.");
        Take();
        if (!TakeSymbol(":"))
            throw Fail(
                $"Expected ':' after the name of the entry, found {Next}. A name with blanks goes between double quotes."
            );
        // A function may call itself; in other entries the name still means what it does outside.
        if (Next.IsWord("function"))
            _names.Bind(key.Text);
        if (!entries.TryAdd(key.Text, ParseEnclosed()))
            throw Fail($"The context has two entries named '{key.Text}'.", key);
        _names.Bind(key.Text);
        return key.Text;
    }
}
