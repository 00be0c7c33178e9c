using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>[a..b]</c>, <c>(a..b)</c> and the mixtures.</summary>
internal sealed class RangeNode(Node start, bool startIncluded, Node end, bool endIncluded) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var (from, to) = (start.Evaluate(scope), end.Evaluate(scope));
        return Comparison.Compare(from, to) is null
            ? scope.Evaluation.Null($"There is no range from {from.TypeName} to {to.TypeName}.")
            : new FeelRange(from, startIncluded, to, endIncluded);
    }
}
