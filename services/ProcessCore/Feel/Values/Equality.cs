using Integration.ProcessCore.Feel.Runtime;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>
/// Equality of values: null equals only null, values of different types cannot be compared. Within lists and contexts they are different,
/// as in Camunda.
/// </summary>
internal static class Equality
{
    /// <summary>Whether two values are equal; null when they are of different types.</summary>
    public static bool? Of(FeelValue left, FeelValue right, Evaluation evaluation)
    {
        evaluation.Step();
        return (left, right) switch
        {
            (FeelNull, FeelNull) => true,
            (FeelNull, _) or (_, FeelNull) => false,
            (FeelBoolean a, FeelBoolean b) => a.Value == b.Value,
            (FeelString a, FeelString b) => a.Value == b.Value,
            (FeelList a, FeelList b) => Lists(a.Items, b.Items, evaluation),
            (FeelContext a, FeelContext b) => Contexts(a, b, evaluation),
            (FeelRange a, FeelRange b) => Ranges(a, b, evaluation),
            _ when Comparison.Compare(left, right) is { } order => order == 0,
            _ => null,
        };
    }

    private static bool Lists(IReadOnlyList<FeelValue> left, IReadOnlyList<FeelValue> right, Evaluation evaluation)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (Of(left[i], right[i], evaluation) != true)
                return false;
        }
        return true;
    }

    private static bool Contexts(FeelContext left, FeelContext right, Evaluation evaluation)
    {
        if (left.Count != right.Count)
            return false;
        foreach (var (name, value) in left.Entries)
        {
            if (right.Find(name) is not { } other || Of(value, other, evaluation) != true)
                return false;
        }
        return true;
    }

    private static bool? Ranges(FeelRange left, FeelRange right, Evaluation evaluation) =>
        left.StartIncluded != right.StartIncluded || left.EndIncluded != right.EndIncluded
            ? false
            : Logic.And(Of(left.Start, right.Start, evaluation), Of(left.End, right.End, evaluation));
}
