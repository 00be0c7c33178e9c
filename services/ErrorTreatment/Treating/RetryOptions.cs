namespace Integration.ErrorTreatment.Treating;

/// <summary>When errors of one kind are sent again by themselves.</summary>
public sealed class RetryOptions
{
    /// <summary>How often; 0 parks at once.</summary>
    public int Retries { get; set; }

    /// <summary>Pause before the first retry.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Longest pause that the growth leads to.</summary>
    public TimeSpan LongestDelay { get; set; }

    /// <summary>By how much every pause is longer than the one before. The default value is 2.</summary>
    public double Factor { get; set; } = 2;

    /// <summary>
    /// Share of the pause that chance adds or takes, so that what failed together does not come back together.
    /// From 0 to 1. The default value is 0.2.
    /// </summary>
    public double Jitter { get; set; } = 0.2;
}
