using Integration.ProcessCore.Feel.Nodes;
using Integration.ProcessCore.Feel.Runtime;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>A function that the expression defines, with the scope it was defined in.</summary>
internal sealed class FeelFunction(FunctionNode definition, Scope scope) : FeelValue
{
    public IReadOnlyList<Parameter> Parameters => definition.Parameters;

    public override string TypeName => "function";

    /// <summary>Calls it; null when an argument is not of the declared type.</summary>
    public FeelValue Invoke(IReadOnlyList<FeelValue> arguments)
    {
        var inner = scope;
        for (var i = 0; i < Parameters.Count; i++)
        {
            var (name, type) = Parameters[i];
            if (type is not null && !type.Accepts(arguments[i], scope.Evaluation))
                return scope.Evaluation.Null($"Parameter '{name}' takes {type}, not {arguments[i].TypeName}.");
            inner = new BindingScope(inner, name, arguments[i]);
        }
        return definition.Body.Evaluate(inner);
    }
}
