using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

/// <summary>Sorts lists; equal items keep their order.</summary>
internal static class Sorting
{
    /// <summary>By a function that says whether its first argument comes before the second.</summary>
    public static FeelList? By(FeelList list, FeelFunction precedes, Evaluation evaluation)
    {
        if (precedes.Parameters.Count != 2)
            return null;
        var isOrder = true;
        var sorted = Merge(
            list.Items,
            evaluation,
            (left, right) =>
            {
                var before = precedes.Invoke([left, right]) as FeelBoolean;
                isOrder &= before is not null;
                return before?.Value ?? false;
            }
        );
        return isOrder ? sorted : null;
    }

    /// <summary>Numbers, strings or values of one temporal type in their own order.</summary>
    public static FeelList? Natural(FeelList list, Evaluation evaluation)
    {
        var comparable = list.Items.All(item => Comparison.Compare(item, list.Items[0]) is not null);
        return comparable ? Merge(list.Items, evaluation, (left, right) => Comparison.Compare(left, right) < 0) : null;
    }

    // The library's sort may not end well with a function that contradicts itself; merging does.
    private static FeelList Merge(
        IReadOnlyList<FeelValue> items,
        Evaluation evaluation,
        Func<FeelValue, FeelValue, bool> precedes
    )
    {
        var (source, target) = (items.ToArray(), new FeelValue[items.Count]);
        for (var width = 1; width < source.Length; width *= 2)
        {
            evaluation.Spend(source.Length);
            for (var start = 0; start < source.Length; start += 2 * width)
                MergeRuns(source, target, start, width, precedes);
            (source, target) = (target, source);
        }
        return new FeelList(source);
    }

    private static void MergeRuns(
        FeelValue[] source,
        FeelValue[] target,
        int start,
        int width,
        Func<FeelValue, FeelValue, bool> precedes
    )
    {
        var middle = Math.Min(start + width, source.Length);
        var end = Math.Min(start + 2 * width, source.Length);
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takeRight = left == middle || (right < end && precedes(source[right], source[left]));
            target[i] = source[takeRight ? right++ : left++];
        }
    }
}
