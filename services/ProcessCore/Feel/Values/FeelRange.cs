namespace Integration.ProcessCore.Feel.Values;

/// <summary>The values between two bounds.</summary>
internal sealed class FeelRange(FeelValue start, bool startIncluded, FeelValue end, bool endIncluded) : FeelValue
{
    public FeelValue Start => start;

    public bool StartIncluded => startIncluded;

    public FeelValue End => end;

    public bool EndIncluded => endIncluded;

    public override string TypeName => "range";

    public override FeelValue? Property(string name) =>
        name switch
        {
            "start" => start,
            "end" => end,
            "start included" => FeelBoolean.Of(startIncluded),
            "end included" => FeelBoolean.Of(endIncluded),
            _ => null,
        };

    /// <summary>Whether a value lies in the range; null when it cannot be compared with the bounds.</summary>
    public bool? Contains(FeelValue value) =>
        Logic.And(
            Holds(Comparison.Compare(value, start), startIncluded),
            Holds(Comparison.Compare(end, value), endIncluded)
        );

    private static bool? Holds(int? order, bool included) =>
        order is { } known ? known > 0 || (included && known == 0) : null;
}
