using System.ComponentModel.DataAnnotations;
using Integration.Contracts;

namespace Integration.ErrorTreatment.Treating;

/// <summary>What happens to errors without an operator. Configuration section <c>Treatment</c>.</summary>
public sealed class TreatmentOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Treatment";

    /// <summary>
    /// Connectivity errors. The default values are Connectivity__Retries=5, Connectivity__Delay=2 seconds,
    /// Connectivity__LongestDelay=5 minutes, Connectivity__Factor=2, Connectivity__Jitter=0.2.
    /// </summary>
    public RetryOptions Connectivity { get; set; } =
        new()
        {
            Retries = 5,
            Delay = TimeSpan.FromSeconds(2),
            LongestDelay = TimeSpan.FromMinutes(5),
        };

    /// <summary>
    /// Volumetric errors that can go away, such as 429. The default values are Volumetric__Retries=5,
    /// Volumetric__Delay=30 seconds, Volumetric__LongestDelay=15 minutes, Volumetric__Factor=2, Volumetric__Jitter=0.2.
    /// </summary>
    public RetryOptions Volumetric { get; set; } =
        new()
        {
            Retries = 5,
            Delay = TimeSpan.FromSeconds(30),
            LongestDelay = TimeSpan.FromMinutes(15),
        };

    /// <summary>
    /// Internal errors. The default values are Internal__Retries=3, Internal__Delay=5 seconds,
    /// Internal__LongestDelay=1 minute, Internal__Factor=2, Internal__Jitter=0.2.
    /// </summary>
    public RetryOptions Internal { get; set; } =
        new()
        {
            Retries = 3,
            Delay = TimeSpan.FromSeconds(5),
            LongestDelay = TimeSpan.FromMinutes(1),
        };

    /// <summary>A target that asks for a longer pause than this (Retry-After) leads to parking. The default value is 1 hour.</summary>
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a task without a deadline is waited for after it was sent again. The default value is 1 hour.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long after the deadline an answer is still waited for, before the task is parked. The default value is 5 seconds.</summary>
    public TimeSpan AnswerGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A message that was published again counts as delivered when it did not come back within this time. The default value is 30 seconds.</summary>
    public TimeSpan ReturnWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The new deadline, from the moment that an operator sends a task again, where it had none or next to no time was
    /// left at its first error. The default value is 1 hour.
    /// </summary>
    public TimeSpan OperatorDeadline { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long what is closed is kept. The default value is 30 days.</summary>
    public TimeSpan KeepClosed { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Errors treated at once at most; they share transactions. The default value is 256.</summary>
    public int Prefetch { get; set; } = 256;

    /// <summary>Largest error event in bytes that is read; it carries the whole request. The default value is 1 MiB.</summary>
    public int LargestEvent { get; set; } = 4 * Limits.Body;

    /// <summary>What is read, and held against the trust table, in bytes: one limit, or what lies between two would be believed.</summary>
    internal int LargestRead => LargestEvent + Limits.Retry;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        TreatmentRules.Broken(this).Select(rule => new ValidationResult(rule));
}
