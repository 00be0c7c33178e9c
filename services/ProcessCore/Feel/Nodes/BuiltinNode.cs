using Integration.ProcessCore.Feel.Functions;
using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary>A call of a built-in function, its arguments in the order of its parameters.</summary>
internal sealed class BuiltinNode(Builtin function, IReadOnlyList<Node> arguments) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var values = new FeelValue[arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = arguments[i].Evaluate(scope);
        return function.Invoke(values, scope.Evaluation);
    }
}
