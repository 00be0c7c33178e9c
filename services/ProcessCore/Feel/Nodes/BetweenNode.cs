using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>a between b and c</c>, the bounds included.</summary>
internal sealed class BetweenNode(Node value, Node low, Node high) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var tested = value.Evaluate(scope);
        var above = Comparator.Apply(">=", tested, low.Evaluate(scope), scope.Evaluation);
        var below = Comparator.Apply("<=", tested, high.Evaluate(scope), scope.Evaluation);
        return FeelBoolean.Of(Logic.And(above, below));
    }
}
