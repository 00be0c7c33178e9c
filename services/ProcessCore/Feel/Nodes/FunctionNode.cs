using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Syntax;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary>A parameter of a function; without a type it takes everything.</summary>
internal readonly record struct Parameter(string Name, TypeReference? Type)
{
    public override string ToString() => Type is null ? Name : $"{Name}: {Type}";
}

/// <summary><c>function(a, b) body</c></summary>
internal sealed class FunctionNode(IReadOnlyList<Parameter> parameters, Node body) : Node
{
    public IReadOnlyList<Parameter> Parameters => parameters;

    public Node Body => body;

    protected override FeelValue Compute(Scope scope) => new FeelFunction(this, scope);
}
