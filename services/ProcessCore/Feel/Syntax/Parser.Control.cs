using Integration.ProcessCore.Feel.Nodes;

namespace Integration.ProcessCore.Feel.Syntax;

internal sealed partial class Parser
{
    private IfNode ParseIf()
    {
        Take();
        var condition = ParseExpression();
        ExpectWord("then", "after the condition of 'if'");
        var then = ParseExpression();
        ExpectWord("else", "after the 'then' branch");
        return new IfNode(condition, then, ParseExpression());
    }

    private ForNode ParseFor()
    {
        Take();
        return _names.Inside(() =>
        {
            var iterators = Separated(ParseIterator);
            ExpectWord("return", "after the iterators of 'for'");
            _names.Bind(ForNode.Partial);
            return new ForNode(iterators, ParseExpression());
        });
    }

    private QuantifiedNode ParseQuantified()
    {
        var isEvery = Take().Text == "every";
        return _names.Inside(() =>
        {
            var iterators = Separated(ParseIterator);
            ExpectWord("satisfies", $"after the iterators of '{(isEvery ? "every" : "some")}'");
            return new QuantifiedNode(isEvery, iterators, ParseExpression());
        });
    }

    private Iterator ParseIterator()
    {
        var name = ExpectName("the name of an iterator");
        ExpectWord("in", "after the name of an iterator");
        var source = ParseExpression();
        var end = TakeSymbol("..") ? ParseExpression() : null;
        _names.Bind(name);
        return new Iterator(name, source, end);
    }
}
