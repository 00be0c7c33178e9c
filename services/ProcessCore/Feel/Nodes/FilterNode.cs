using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>list[2]</c>, <c>list[-1]</c>, <c>list[price &gt; 10]</c>: one item by its position, or all that fulfil a condition.</summary>
internal sealed class FilterNode(Node list, Node filter) : Node
{
    /// <summary>The name by which a condition refers to the item.</summary>
    public const string Item = "item";

    private const string Outside = "The list has no item at that position; positions begin with 1.";

    protected override FeelValue Compute(Scope scope)
    {
        var target = list.Evaluate(scope);
        if (target is not FeelList { Items: var items })
            return scope.Evaluation.Null($"A {target.TypeName} has no items; a filter takes a list.");
        // Whether a filter is a position or a condition shows in what it evaluates to for the first item.
        var first = filter.Evaluate(items.Count == 0 ? scope : ScopeOf(items[0], scope));
        if (first is FeelNumber position)
            return At(items, position, scope.Evaluation);
        if (first is FeelLongNumber)
            return scope.Evaluation.Null(Outside);
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
        // Of a position with a fraction, the whole part counts.
        var index = position.Value > 0 ? position.Value - 1 : items.Count + position.Value;
        return index >= 0 && index < items.Count ? items[(int)index] : evaluation.Null(Outside);
    }
}
