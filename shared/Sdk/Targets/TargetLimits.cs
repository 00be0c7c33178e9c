using System.ComponentModel.DataAnnotations;

namespace Integration.Sdk;

/// <summary>How a target is treated.</summary>
public class TargetLimits
{
    /// <summary>Calls to one target at once; further ones wait. The default value is 32.</summary>
    [Range(1, 10_000, ErrorMessage = "CallsAtOnce must be between 1 and 10000.")]
    public int CallsAtOnce { get; set; } = 32;

    /// <summary>Calls to one target that begin in a second; further ones wait. The default value is 0: no limit.</summary>
    [Range(0, 100_000, ErrorMessage = "CallsPerSecond must be between 0 (no limit) and 100000.")]
    public int CallsPerSecond { get; set; }

    /// <summary>
    /// Calls of the last half minute before it is judged whether the target is down; it is when at least half of them found
    /// it out of reach or overloaded. The default value is 5.
    /// </summary>
    [Range(2, 10_000, ErrorMessage = "JudgedAfter must be between 2 and 10000 calls.")]
    public int JudgedAfter { get; set; } = 5;

    /// <summary>
    /// How long nothing is sent to a target that is down, before one call tries it. Doubled each time that it still is, up
    /// to a minute. The default value is 5 seconds.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.5",
        "00:01:00",
        ErrorMessage = "Pause must be between 0.5 seconds and 1 minute."
    )]
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(5);
}
