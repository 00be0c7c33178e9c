namespace Integration.ErrorTreatment.Treating;

/// <summary>Exponential pauses with jitter.</summary>
internal static class Backoff
{
    /// <summary>The pause before a retry.</summary>
    /// <param name="policy">How pauses grow.</param>
    /// <param name="retriesBefore">0 for the first retry.</param>
    /// <param name="retryAfter">What the target asked for; never undercut, chance only adds to it.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan Pause(RetryOptions policy, int retriesBefore, TimeSpan? retryAfter, double chance)
    {
        // Compared as numbers: the power may exceed what a TimeSpan can hold.
        var growth = policy.Delay.TotalSeconds * Math.Pow(policy.Factor, retriesBefore);
        var seconds = Math.Min(growth, policy.LongestDelay.TotalSeconds);
        var spread = policy.Jitter * seconds;
        var pause = TimeSpan.FromSeconds(seconds - spread + (2 * spread * chance));
        return retryAfter > pause ? retryAfter.Value + TimeSpan.FromSeconds(spread * chance) : pause;
    }
}
