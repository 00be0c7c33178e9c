using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>The six comparing operators; null and a warning where two values cannot be compared.</summary>
internal static class Comparator
{
    public static bool? Apply(string symbol, FeelValue left, FeelValue right, Evaluation evaluation)
    {
        var result = symbol switch
        {
            "=" => Equality.Of(left, right, evaluation),
            "!=" => Logic.Not(Equality.Of(left, right, evaluation)),
            _ => Comparison.Compare(left, right) is { } order ? Holds(symbol, order) : (bool?)null,
        };
        if (result is null)
            evaluation.Null($"'{symbol}' cannot compare {left.TypeName} with {right.TypeName}.");
        return result;
    }

    private static bool Holds(string symbol, int order) =>
        symbol switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            ">=" => order >= 0,
            _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "No comparing operator."),
        };
}
