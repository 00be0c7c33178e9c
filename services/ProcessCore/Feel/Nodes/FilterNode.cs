using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>list[2]</c>, <c>list[-1]</c>, <c>list[price &gt; 10]</c>: one item by its position, or all that fulfil a condition.</summary>
internal sealed class FilterNode(Node list, Node filter) : Node
{
    /// <summary>The name by which a condition refers to the item.</summary>
    public const string Item = "item";

    protected override FeelValue Compute(Scope scope)
    {
        var target = list.Evaluate(scope);
        var items = FeelList.ItemsOf(target);
        // Whether a filter is a position or a condition shows in what it evaluates to for the first item.
        var first = filter.Evaluate(items.Count == 0 ? scope : ScopeOf(items[0], scope));
        if (first is FeelNumber position)
            return At(items, position, scope.Evaluation);
        var kept = new List<FeelValue>();
        for (var i = 0; i < items.Count; i++)
        {
            var holds = i == 0 ? first : filter.Evaluate(ScopeOf(items[i], scope));
            if (holds == FeelBoolean.True)
                kept.Add(items[i]);
        }
        return new FeelList(kept);
    }

    private static Scope ScopeOf(FeelValue item, Scope scope)
    {
        var inner = new BindingScope(scope, Item, item);
        return item is FeelContext context ? new ContextScope(inner, context) : inner;
    }

    private static FeelValue At(IReadOnlyList<FeelValue> items, FeelNumber position, Evaluation evaluation)
    {
        var index = position.AsInt32() switch
        {
            > 0 and { } fromStart => fromStart - 1,
            < 0 and { } fromEnd => items.Count + fromEnd,
            _ => -1,
        };
        return index >= 0 && index < items.Count
            ? items[index]
            : evaluation.Null($"A list of {items.Count} items has none at {position}; positions begin with 1.");
    }
}
