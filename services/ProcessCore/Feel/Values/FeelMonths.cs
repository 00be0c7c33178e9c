using System.Globalization;
using System.Text.RegularExpressions;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>A years and months duration.</summary>
internal sealed partial class FeelMonths(long months) : FeelValue
{
    public long Months => months;

    public override string TypeName => "years and months duration";

    /// <summary>Reads <c>P1Y2M</c>, with a leading <c>-</c> where wanted.</summary>
    public static FeelMonths? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;
        var months = Part(match, "years") * 12 + Part(match, "months");
        return new FeelMonths(match.Groups["minus"].Success ? -months : months);
    }

    /// <summary>The whole months from one day to another; negative when the second is earlier.</summary>
    public static FeelMonths Between(DateOnly from, DateOnly to)
    {
        if (to < from)
            return new FeelMonths(-Between(to, from).Months);
        var months = (to.Year - from.Year) * 12L + to.Month - from.Month;
        return new FeelMonths(to.Day < from.Day ? months - 1 : months);
    }

    public override FeelValue? Property(string name) =>
        name switch
        {
            "years" => new FeelNumber(months / 12),
            "months" => new FeelNumber(months % 12),
            _ => null,
        };

    public override string ToString()
    {
        if (months == 0)
            return "P0Y";
        var (years, rest) = Math.DivRem(Math.Abs(months), 12);
        return (months < 0 ? "-P" : "P") + (years == 0 ? "" : $"{years}Y") + (rest == 0 ? "" : $"{rest}M");
    }

    private static long Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? long.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A(?<minus>-)?P(?=[0-9])((?<years>[0-9]{1,12})Y)?((?<months>[0-9]{1,12})M)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
