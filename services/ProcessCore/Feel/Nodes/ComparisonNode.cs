using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c></summary>
internal sealed class ComparisonNode(string symbol, Node left, Node right) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var (a, b) = (left.Evaluate(scope), right.Evaluate(scope));
        return FeelBoolean.Of(Comparator.Apply(symbol, a, b, scope.Evaluation));
    }
}
