using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>some x in list satisfies …</c>, <c>every x in list satisfies …</c></summary>
internal sealed class QuantifiedNode(bool isEvery, IReadOnlyList<Iterator> iterators, Node condition) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        bool? result = isEvery;
        foreach (var inner in Iterator.Run(iterators, scope))
        {
            if (inner is null)
                return FeelNull.Value;
            var holds = (condition.Evaluate(inner) as FeelBoolean)?.Value;
            result = isEvery ? Logic.And(result, holds) : Logic.Or(result, holds);
            if (result == !isEvery)
                break;
        }
        return FeelBoolean.Of(result);
    }
}
