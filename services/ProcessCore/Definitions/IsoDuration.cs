using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Integration.ProcessCore.Definitions;

/// <summary>An ISO 8601 duration. Months count by the calendar, so it only becomes a span when it is added to a moment.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct IsoDuration(int Months, TimeSpan Span)
{
    public static DateTimeOffset operator +(DateTimeOffset moment, IsoDuration duration) =>
        moment.AddMonths(duration.Months) + duration.Span;

    /// <summary>Reads e.g. <c>PT15M</c>, <c>P1DT12H</c> or <c>P3M</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IsoDuration duration)
    {
        duration = default;
        var match = Pattern().Match(text ?? "");
        if (!match.Success)
            return false;

        try
        {
            var months = checked((int)(12 * Number(match, "years") + Number(match, "months")));
            var days = 7 * Number(match, "weeks") + Number(match, "days");
            var seconds = 3600 * Number(match, "hours") + 60 * Number(match, "minutes") + Number(match, "seconds");
            var span = TimeSpan.FromSeconds((double)(86_400 * days + seconds));
            duration = match.Groups["sign"].Success ? new(-months, -span) : new(months, span);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static decimal Number(Match match, string group) =>
        match.Groups[group].Success
            ? decimal.Parse(match.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(
        @"^(?<sign>-)?P(?=\d|T\d)((?<years>\d{1,6})Y)?((?<months>\d{1,6})M)?((?<weeks>\d{1,6})W)?((?<days>\d{1,8})D)?"
            + @"(T(?=\d)((?<hours>\d{1,8})H)?((?<minutes>\d{1,9})M)?((?<seconds>\d{1,10}(\.\d{1,9})?)S)?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Pattern();
}
