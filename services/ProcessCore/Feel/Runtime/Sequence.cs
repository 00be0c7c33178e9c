using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Runtime;

/// <summary>The whole numbers or days from one to another, upwards or downwards.</summary>
internal static class Sequence
{
    public static IEnumerable<FeelValue>? Of(FeelValue from, FeelValue to) =>
        (from, to) switch
        {
            (FeelNumber { IsWhole: true } a, FeelNumber { IsWhole: true } b) => Numbers(a.Value, b.Value),
            (FeelDate a, FeelDate b) => Numbers(a.Value.DayNumber, b.Value.DayNumber)
                .Select(day => new FeelDate(DateOnly.FromDayNumber((int)day.Value))),
            _ => null,
        };

    public static IEnumerable<FeelValue>? Of(FeelRange range) =>
        Of(range.Start, range.End)?.Where(value => range.Contains(value) == true);

    private static IEnumerable<FeelNumber> Numbers(decimal from, decimal to)
    {
        var step = from <= to ? 1 : -1;
        for (var number = from; step > 0 ? number <= to : number >= to; number += step)
            yield return new FeelNumber(number);
    }
}
