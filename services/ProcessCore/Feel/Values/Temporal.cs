namespace Integration.ProcessCore.Feel.Values;

/// <summary>Reads temporal values whose text shows their type, as in <c>@"2026-12-01"</c>.</summary>
internal static class Temporal
{
    public static FeelValue? Parse(string text) =>
        FeelDate.Parse(text)
        ?? FeelTime.Parse(text)
        ?? (text.Contains('T', StringComparison.Ordinal) ? FeelDateTime.Parse(text) : null)
        ?? ParseDuration(text);

    public static FeelValue? ParseDuration(string text)
    {
        try
        {
            return (FeelValue?)FeelMonths.Parse(text) ?? FeelDuration.Parse(text);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
