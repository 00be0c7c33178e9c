using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>a in b</c>, <c>a in (&lt; 5, [7..9])</c>: true when one of the tests holds.</summary>
internal sealed class InNode(Node value, IReadOnlyList<Node> tests) : Node
{
    /// <summary>The name by which a test refers to the tested value.</summary>
    public const string Input = "?";

    protected override FeelValue Compute(Scope scope)
    {
        var inner = new BindingScope(scope, Input, value.Evaluate(scope));
        bool? result = false;
        foreach (var test in tests)
        {
            result = Logic.Or(result, (test.Evaluate(inner) as FeelBoolean)?.Value);
            if (result == true)
                break;
        }
        return FeelBoolean.Of(result);
    }
}
