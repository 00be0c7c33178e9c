using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>if … then … else …</c>: what is not true takes the else branch.</summary>
internal sealed class IfNode(Node condition, Node then, Node otherwise) : Node
{
    protected override FeelValue Compute(Scope scope) =>
        (condition.Evaluate(scope) == FeelBoolean.True ? then : otherwise).Evaluate(scope);
}
