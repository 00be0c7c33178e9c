using System.ComponentModel.DataAnnotations;

namespace Integration.Rest;

/// <summary>What calls get unless their task says otherwise, and the most that a task may ask for. Configuration section <c>Rest</c>.</summary>
public sealed class RestOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Rest";

    /// <summary>For one request, up to the last byte of its answer. The default value is 30 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "01:00:00",
        ErrorMessage = "Rest__AttemptTimeout must be between 1 ms and 1 hour, e.g. 00:00:30."
    )]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For all requests of a task and the pauses between them. The default value is 60 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "01:00:00",
        ErrorMessage = "Rest__TotalTimeout must be between 1 ms and 1 hour, e.g. 00:01:00."
    )]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest timeout that a task may ask for. The default value is 5 minutes.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "01:00:00",
        ErrorMessage = "Rest__MaxTimeout must be between 1 ms and 1 hour, e.g. 00:05:00."
    )]
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a call is repeated inside one attempt where that is safe. The default value is 2.</summary>
    [Range(0, 10, ErrorMessage = "Rest__Retries must be between 0 and 10.")]
    public int Retries { get; set; } = 2;

    /// <summary>Most repetitions that a task may ask for. The default value is 5.</summary>
    [Range(0, 10, ErrorMessage = "Rest__MaxRetries must be between 0 and 10.")]
    public int MaxRetries { get; set; } = 5;

    /// <summary>Longest pause before the first repetition; doubled with each. The default value is 200 milliseconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "00:01:00",
        ErrorMessage = "Rest__RetryDelay must be between 1 ms and 1 minute, e.g. 00:00:00.2."
    )]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Largest answer that is taken; a task may ask for less. It has to fit into an event, see Pipeline__BodyLimit. The
    /// default value is 196608 (192 KiB).
    /// </summary>
    [Range(1, 64 * 1024 * 1024, ErrorMessage = "Rest__MaxAnswerBytes must be between 1 and 67108864.")]
    public int MaxAnswerBytes { get; set; } = 192 * 1024;

    /// <summary>Most redirects that a task may ask for; 0 forbids them. The default value is 10.</summary>
    [Range(0, 20, ErrorMessage = "Rest__MaxRedirects must be between 0 and 20.")]
    public int MaxRedirects { get; set; } = 10;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AttemptTimeout > MaxTimeout)
            yield return TooMuch(nameof(AttemptTimeout), "longer", nameof(MaxTimeout));
        if (TotalTimeout > MaxTimeout)
            yield return TooMuch(nameof(TotalTimeout), "longer", nameof(MaxTimeout));
        if (Retries > MaxRetries)
            yield return TooMuch(nameof(Retries), "more", nameof(MaxRetries));
    }

    private static ValidationResult TooMuch(string name, string how, string bound) =>
        new($"{Section}__{name} is {how} than {Section}__{bound}. Lower the first or raise the second.", [name]);
}
