using Integration.ProcessCore.Feel.Runtime;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Functions;

/// <summary>Functions that make one value of the items of a list.</summary>
internal static class Aggregates
{
    public static readonly IReadOnlyList<Builtin> All =
    [
        Builtin.OfItems("min", (items, evaluation) => Extreme(items, order => order < 0, evaluation)),
        Builtin.OfItems("max", (items, evaluation) => Extreme(items, order => order > 0, evaluation)),
        Builtin.OfItems("sum", Sum),
        Builtin.OfItems("mean", Mean),
        Builtin.OfItems("product", (items, _) => OfNumbers(items, numbers => numbers.Aggregate(1m, (a, b) => a * b))),
        Builtin.OfItems("median", (items, _) => OfNumbers(items, Median)),
        Builtin.OfItems("stddev", (items, _) => items.Count < 2 ? null : OfNumbers(items, Deviation)),
        Builtin.OfItems("mode", Mode),
    ];

    private static FeelValue? Extreme(IReadOnlyList<FeelValue> items, Func<int, bool> better, Evaluation evaluation)
    {
        evaluation.Spend(items.Count);
        if (items.Count == 0)
            return FeelNull.Value;
        var best = items[0];
        foreach (var item in items)
        {
            if (Comparison.Compare(item, best) is not { } order)
                return null;
            if (better(order))
                best = item;
        }
        return best;
    }

    // Durations add up as well.
    private static FeelValue? Sum(IReadOnlyList<FeelValue> items, Evaluation evaluation)
    {
        evaluation.Spend(items.Count);
        if (
            items.Count == 0
            || !items.All(item =>
                item.TypeName == items[0].TypeName && item is FeelNumber or FeelDuration or FeelMonths
            )
        )
            return items.Count == 0 ? FeelNull.Value : null;
        return items.Aggregate((total, item) => Arithmetic.Apply("+", total, item, evaluation)!);
    }

    private static FeelValue? Mean(IReadOnlyList<FeelValue> items, Evaluation evaluation) =>
        Sum(items, evaluation) is { } sum and not FeelNull
            ? Arithmetic.Apply("/", sum, FeelNumber.Of(items.Count), evaluation)
        : items.Count == 0 ? FeelNull.Value
        : null;

    private static FeelValue? OfNumbers(IReadOnlyList<FeelValue> items, Func<decimal[], decimal> body)
    {
        if (items.Count == 0)
            return FeelNull.Value;
        return items.All(item => item is FeelNumber)
            ? FeelNumber.Of(body([.. items.Cast<FeelNumber>().Select(number => number.Value)]))
            : null;
    }

    private static decimal Median(decimal[] numbers)
    {
        Array.Sort(numbers);
        var middle = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    // Of a sample: divided by one less than the count.
    private static decimal Deviation(decimal[] numbers)
    {
        var mean = numbers.Average();
        var squares = numbers.Sum(number => (number - mean) * (number - mean));
        return Power.SquareRoot(squares / (numbers.Length - 1));
    }

    private static FeelValue? Mode(IReadOnlyList<FeelValue> items, Evaluation evaluation)
    {
        evaluation.Spend(items.Count);
        if (!items.All(item => item is FeelNumber))
            return null;
        var groups = items.Cast<FeelNumber>().GroupBy(number => number.Value).ToList();
        var most = groups.Count == 0 ? 0 : groups.Max(group => group.Count());
        return new FeelList([
            .. groups
                .Where(group => group.Count() == most)
                .Select(group => FeelNumber.Of(group.Key))
                .OrderBy(number => number.Value),
        ]);
    }
}
