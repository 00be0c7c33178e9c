using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>name in source</c> or <c>name in from..to</c> of a <c>for</c>, <c>some</c> or <c>every</c>.</summary>
internal sealed class Iterator(string name, Node source, Node? end)
{
    /// <summary>A scope for each combination of the iterators' values, the last iterator running fastest.</summary>
    /// <returns>Null when there is nothing to iterate over.</returns>
    public static IEnumerable<Scope?> Run(IReadOnlyList<Iterator> iterators, Scope scope, int index = 0)
    {
        if (index == iterators.Count)
        {
            yield return scope;
            yield break;
        }
        var iterator = iterators[index];
        if (iterator.Values(scope) is not { } values)
        {
            yield return null;
            yield break;
        }
        foreach (var value in values)
        {
            scope.Evaluation.Step();
            foreach (var inner in Run(iterators, new BindingScope(scope, iterator.Name, value), index + 1))
                yield return inner;
        }
    }

    private string Name => name;

    private IEnumerable<FeelValue>? Values(Scope scope)
    {
        var from = source.Evaluate(scope);
        var values = end is null ? Items(from) : Sequence.Of(from, end.Evaluate(scope));
        if (values is null)
            scope.Evaluation.Null(
                $"'{name}' cannot run over {from.TypeName}; it needs a list, or a range of whole numbers or dates."
            );
        return values;
    }

    private static IEnumerable<FeelValue>? Items(FeelValue value) =>
        value switch
        {
            FeelList list => list.Items,
            FeelRange range => Sequence.Of(range),
            _ => null,
        };
}
