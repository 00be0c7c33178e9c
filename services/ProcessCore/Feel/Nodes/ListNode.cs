using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>[a, b]</c></summary>
internal sealed class ListNode(IReadOnlyList<Node> items) : Node
{
    protected override FeelValue Compute(Scope scope) =>
        new FeelList(items.Select(item => item.Evaluate(scope)).ToArray());
}
