using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Syntax;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary>A call of a function that the expression defines.</summary>
internal sealed class InvocationNode(Node function, Arguments arguments) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var called = function.Evaluate(scope);
        if (called is not FeelFunction known)
            return scope.Evaluation.Null($"A {called.TypeName} cannot be called.");
        var order = arguments.InOrderOf([.. known.Parameters.Select(parameter => parameter.Name)]);
        return order is null
            ? scope.Evaluation.Null($"The function takes ({string.Join(", ", known.Parameters)}).")
            : known.Invoke([.. order.Select(argument => argument.Evaluate(scope))]);
    }
}
