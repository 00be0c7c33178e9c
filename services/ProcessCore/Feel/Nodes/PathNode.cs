using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>a.b</c>: an entry, a property, or the list of those of all items.</summary>
internal sealed class PathNode(Node target, string name) : Node
{
    protected override FeelValue Compute(Scope scope) => Read(target.Evaluate(scope), scope.Evaluation);

    private FeelValue Read(FeelValue value, Evaluation evaluation)
    {
        if (value is FeelList list)
        {
            evaluation.Spend(list.Items.Count);
            return new FeelList(list.Items.Select(item => ReadOne(item, evaluation)).ToArray());
        }
        return ReadOne(value, evaluation);
    }

    private FeelValue ReadOne(FeelValue value, Evaluation evaluation)
    {
        var found = value is FeelContext context ? context.Find(name) : value.Property(name);
        if (found is not null)
        {
            evaluation.SpendOn(found);
            return found;
        }
        return evaluation.Null(
            value is FeelContext
                ? $"The context has no entry '{name}'."
                : $"A {value.TypeName} has no property '{name}'."
        );
    }
}
