using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary>What a name refers to.</summary>
internal sealed class NameNode(string name) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        if (scope.Find(name) is { } value)
        {
            scope.Evaluation.SpendOn(value);
            return value;
        }
        return scope.Evaluation.Null($"There is no variable '{name}'.");
    }
}
