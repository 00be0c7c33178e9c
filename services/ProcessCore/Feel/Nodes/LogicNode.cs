using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>and</c>, <c>or</c>: what is neither true nor false counts as not known.</summary>
internal sealed class LogicNode(bool isAnd, Node left, Node right) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        // False decides an 'and', true an 'or': the right side is then not looked at.
        var deciding = !isAnd;
        var first = Truth(left, scope);
        if (first == deciding)
            return FeelBoolean.Of(deciding);
        var second = Truth(right, scope);
        return FeelBoolean.Of(isAnd ? Logic.And(first, second) : Logic.Or(first, second));
    }

    private bool? Truth(Node operand, Scope scope)
    {
        var value = operand.Evaluate(scope);
        if (value is FeelBoolean boolean)
            return boolean.Value;
        scope.Evaluation.Null($"'{(isAnd ? "and" : "or")}' takes booleans, not {value.TypeName}.");
        return null;
    }
}
