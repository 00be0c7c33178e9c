using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>-a</c></summary>
internal sealed class NegationNode(Node operand) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var value = operand.Evaluate(scope);
        return value switch
        {
            FeelNumber number => new FeelNumber(-number.Value),
            FeelDuration duration => new FeelDuration(-duration.Value),
            FeelMonths months => new FeelMonths(-months.Months),
            _ => scope.Evaluation.Null($"'-' cannot negate {value.TypeName}."),
        };
    }
}
