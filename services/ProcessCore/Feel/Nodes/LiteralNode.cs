using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary>A value as written.</summary>
internal sealed class LiteralNode(FeelValue value) : Node
{
    public FeelValue Value => value;

    protected override FeelValue Compute(Scope scope) => value;
}
