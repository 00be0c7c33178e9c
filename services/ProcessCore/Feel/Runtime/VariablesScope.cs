using System.Text.Json.Nodes;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>The outermost scope: the variables of the process, converted only when they are read.</summary>
internal sealed class VariablesScope(Evaluation evaluation, JsonObject variables) : Scope(evaluation)
{
    public override FeelValue? Find(string name) =>
        variables.TryGetPropertyValue(name, out var node) ? FeelJson.Read(node) : null;
}
