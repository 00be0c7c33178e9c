using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Syntax;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>a instance of type</c></summary>
internal sealed class InstanceOfNode(Node value, TypeReference type) : Node
{
    protected override FeelValue Compute(Scope scope) =>
        FeelBoolean.Of(type.Accepts(value.Evaluate(scope), scope.Evaluation));
}
