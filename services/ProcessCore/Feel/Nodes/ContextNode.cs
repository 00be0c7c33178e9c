using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>{a: 1, b: a + 1}</c>: an entry sees those before it.</summary>
internal sealed class ContextNode(IReadOnlyList<KeyValuePair<string, Node>> entries) : Node
{
    protected override FeelValue Compute(Scope scope)
    {
        var values = new OrderedDictionary<string, FeelValue>(entries.Count, StringComparer.Ordinal);
        var context = new FeelEntries(values);
        var inner = new ContextScope(scope, context);
        foreach (var (name, value) in entries)
            values.Add(name, value.Evaluate(inner));
        return context;
    }
}
