using Integration.ProcessCore.Feel.Functions;
using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary>A call of a built-in function, its arguments in the order of its parameters.</summary>
/// <param name="function">What is called.</param>
/// <param name="arguments">By position, or by name: then a parameter that takes any number is given as a list.</param>
/// <param name="areNamed">Whether they are given by name.</param>
internal sealed class BuiltinNode(Builtin function, IReadOnlyList<Node> arguments, bool areNamed = false) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var values = new FeelValue[arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = arguments[i].Evaluate(scope);
        return function.Invoke(function.IsVariadic && !areNamed ? Gathered(values) : values, scope.Evaluation);
    }

    /// <summary>The last parameter takes all arguments that are left, or the items of a list when that is the only argument.</summary>
    private FeelValue[] Gathered(FeelValue[] values)
    {
        var single = function.Parameters.Count - 1;
        return single == 0 && values is [FeelList list]
            ? [list]
            : [.. values[..single], new FeelList(values[single..])];
    }
}
