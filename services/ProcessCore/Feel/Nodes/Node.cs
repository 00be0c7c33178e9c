using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary>A part of a parsed expression; immutable.</summary>
internal abstract class Node
{
    /// <summary>The value in a scope; null and a warning where there is none.</summary>
    public FeelValue Evaluate(Scope scope)
    {
        scope.Evaluation.Step();
        return Compute(scope);
    }

    protected abstract FeelValue Compute(Scope scope);
}
