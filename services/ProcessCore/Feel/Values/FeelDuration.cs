using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Integration.ProcessCore.Feel.Values;

/// <summary>A days and time duration.</summary>
internal sealed partial class FeelDuration(TimeSpan value) : FeelValue
{
    public TimeSpan Value => value;

    public override string TypeName => "days and time duration";

    /// <summary>Reads <c>P1DT2H3M4.5S</c>, with a leading <c>-</c> where wanted.</summary>
    public static FeelDuration? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;
        var seconds =
            Part(match, "days") * 86_400
            + Part(match, "hours") * 3_600
            + Part(match, "minutes") * 60
            + Part(match, "seconds");
        // Finer than the clock that it is added to: what cannot be kept is no duration.
        if (seconds * TimeSpan.TicksPerSecond % 1 != 0)
            return null;
        return OfSeconds(match.Groups["minus"].Success ? -seconds : seconds);
    }

    /// <summary>A duration of so many seconds.</summary>
    /// <exception cref="OverflowException">It is longer than about 29,000 years.</exception>
    public static FeelDuration OfSeconds(decimal seconds) =>
        new(TimeSpan.FromTicks(decimal.ToInt64(seconds * TimeSpan.TicksPerSecond)));

    public decimal TotalSeconds => (decimal)value.Ticks / TimeSpan.TicksPerSecond;

    public override FeelValue? Property(string name) =>
        name switch
        {
            "days" => FeelNumber.Of(value.Days),
            "hours" => FeelNumber.Of(value.Hours),
            "minutes" => FeelNumber.Of(value.Minutes),
            "seconds" => FeelNumber.Of(value.Seconds),
            _ => null,
        };

    public override string ToString()
    {
        if (value == TimeSpan.Zero)
            return "P0D";
        var text = new StringBuilder(value < TimeSpan.Zero ? "-P" : "P");
        Append(text, Math.Abs(value.Days), 'D');
        if (value.Ticks % TimeSpan.TicksPerDay != 0)
        {
            text.Append('T');
            Append(text, Math.Abs(value.Hours), 'H');
            Append(text, Math.Abs(value.Minutes), 'M');
            Append(text, Math.Abs(SecondsOfMinute(value)), 'S');
        }
        return text.ToString();
    }

    private static decimal SecondsOfMinute(TimeSpan value) =>
        FeelNumber.Of((decimal)(value.Ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond).Value;

    private static void Append(StringBuilder text, decimal amount, char unit)
    {
        if (amount != 0)
            text.Append(CultureInfo.InvariantCulture, $"{amount}").Append(unit);
    }

    private static decimal Part(Match match, string name) =>
        match.Groups[name] is { Success: true } group ? decimal.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A(?<minus>-)?P(?=[0-9T])((?<days>[0-9]{1,18})D)?(T(?=[0-9])((?<hours>[0-9]{1,18})H)?((?<minutes>[0-9]{1,18})M)?((?<seconds>[0-9]{1,18}(\.[0-9]{0,9})?)S)?)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
