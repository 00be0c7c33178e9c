using Integration.ProcessCore.Feel.Nodes;

namespace Integration.ProcessCore.Feel.Syntax;

// What may stand after 'in': a test, or several between parentheses.
internal sealed partial class Parser
{
    private int _usesOfInput;

    private List<Node> ParseTests()
    {
        if (!TakeSymbol("("))
            return [ParseTest(() => ParseExpression(Comparing))];
        // The parenthesis of (1..5) looks like that of a list of tests until its first value is read.
        var uses = _usesOfInput;
        if (!AtComparator())
        {
            var first = ParseEnclosed();
            if (TakeSymbol(".."))
                return [new MatchNode(ParseRangeFrom(first, startIncluded: false))];
            return ParseFurtherTests([AsTest(first, uses)]);
        }
        return ParseFurtherTests([ParseTest(ParseEnclosed)]);
    }

    private List<Node> ParseFurtherTests(List<Node> tests)
    {
        while (TakeSymbol(","))
            tests.Add(ParseTest(ParseEnclosed));
        ExpectSymbol(")", "after the tests of 'in'");
        return tests;
    }

    private Node ParseTest(Func<Node> parseValue)
    {
        if (AtComparator())
            return new ComparisonNode(Take().Text, new NameNode(InNode.Input), parseValue());
        var uses = _usesOfInput;
        return AsTest(parseValue(), uses);
    }

    // An expression that mentions the tested value is the test; any other one says what to match.
    private Node AsTest(Node node, int usesBefore) => _usesOfInput > usesBefore ? node : new MatchNode(node);

    private bool AtComparator() => Next is { Kind: TokenKind.Symbol, Text: "=" or "!=" or "<" or "<=" or ">" or ">=" };
}
