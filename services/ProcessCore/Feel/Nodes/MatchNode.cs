using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary>A test that names no operator: the value is equal, lies in the range, or is one of the list.</summary>
internal sealed class MatchNode(Node expected) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var input = scope.Find(InNode.Input) ?? FeelNull.Value;
        return FeelBoolean.Of(Matches(input, expected.Evaluate(scope), scope.Evaluation));
    }

    private static bool? Matches(FeelValue input, FeelValue expected, Evaluation evaluation)
    {
        if (expected is FeelRange range && input is not FeelRange)
            return range.Contains(input);
        if (expected is not FeelList list)
            return Equality.Of(input, expected, evaluation);
        bool? result = input is FeelList && Equality.Of(input, list, evaluation) == true;
        for (var i = 0; i < list.Items.Count && result != true; i++)
            result = Logic.Or(result, MatchesItem(input, list.Items[i], evaluation));
        return result;
    }

    private static bool? MatchesItem(FeelValue input, FeelValue item, Evaluation evaluation) =>
        item is FeelRange range && input is not FeelRange
            ? range.Contains(input)
            : Equality.Of(input, item, evaluation) ?? false;
}
