using System.Collections;
using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Nodes;

/// <summary><c>for x in list return …</c>; <c>partial</c> is the list of the results so far.</summary>
internal sealed class ForNode(IReadOnlyList<Iterator> iterators, Node body) : Node
{
    public const string Partial = "partial";

    protected override FeelValue Compute(Scope scope)
    {
        var results = new List<FeelValue>();
        foreach (var inner in Iterator.Run(iterators, scope))
        {
            if (inner is null)
                return FeelNull.Value;
            var partial = new FeelList(new SoFar(results));
            results.Add(body.Evaluate(new BindingScope(inner, Partial, partial)));
        }
        return new FeelList(results);
    }

    /// <summary>The items that a growing list has now; a copy for each result would take quadratic time.</summary>
    private sealed class SoFar(List<FeelValue> results) : IReadOnlyList<FeelValue>
    {
        public int Count { get; } = results.Count;

        public FeelValue this[int index] => results[index];

        public IEnumerator<FeelValue> GetEnumerator() =>
            Enumerable.Range(0, Count).Select(i => results[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
