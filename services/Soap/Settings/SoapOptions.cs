using System.ComponentModel.DataAnnotations;

namespace Integration.Soap.Settings;

/// <summary>The services that tasks may call, and the limits of all calls. Configuration section <c>Soap</c>.</summary>
public sealed class SoapOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Soap";

    /// <summary>
    /// The services by name: <c>Soap__Services__crm__Wsdl</c> and the like. Names are the same whatever their case. The default
    /// value is none.
    /// </summary>
    public Dictionary<string, ServiceOptions> Services { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>For one request, up to the last byte of its answer. The default value is 30 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "01:00:00",
        ErrorMessage = "Soap__AttemptTimeout must be between 1 ms and 1 hour, e.g. 00:00:30."
    )]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For all requests of a task and the pauses between them. The default value is 60 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "01:00:00",
        ErrorMessage = "Soap__TotalTimeout must be between 1 ms and 1 hour, e.g. 00:01:00."
    )]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest timeout that a task may ask for. The default value is 5 minutes.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "01:00:00",
        ErrorMessage = "Soap__MaxTimeout must be between 1 ms and 1 hour, e.g. 00:05:00."
    )]
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// For all requests of a task that sends or takes files; while something moves, no other time ends them. The default value
    /// is 30 minutes.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "1.00:00:00",
        ErrorMessage = "Soap__TransferTimeout must be between 1 ms and 1 day, e.g. 00:30:00."
    )]
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often a call is repeated inside one attempt where that is safe. The default value is 2.</summary>
    [Range(0, 10, ErrorMessage = "Soap__Retries must be between 0 and 10.")]
    public int Retries { get; set; } = 2;

    /// <summary>Longest pause before the first repetition; doubled with each. The default value is 200 milliseconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "00:01:00",
        ErrorMessage = "Soap__RetryDelay must be between 1 ms and 1 minute, e.g. 00:00:00.2."
    )]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Largest answer that is taken, in bytes; base64 content that goes to a file store does not count. It has to fit into an
    /// event, see Pipeline__BodyLimit. The default value is 196608 (192 KiB).
    /// </summary>
    [Range(1024, 64 * 1024 * 1024, ErrorMessage = "Soap__MaxAnswerBytes must be between 1024 and 67108864.")]
    public int MaxAnswerBytes { get; set; } = 192 * 1024;

    /// <summary>
    /// Base64 content of an answer that is longer, in bytes, goes to the file store that the task names. The default value is
    /// 65536 (64 KiB).
    /// </summary>
    [Range(0, 64 * 1024 * 1024, ErrorMessage = "Soap__MaxInlineBytes must be between 0 and 67108864.")]
    public int MaxInlineBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Largest message that is signed, in bytes: it has to be in memory, several times over. The default value is 4194304
    /// (4 MiB).
    /// </summary>
    [Range(1024, 64 * 1024 * 1024, ErrorMessage = "Soap__MaxSignedBytes must be between 1024 and 67108864.")]
    public int MaxSignedBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Largest document of a WSDL, in bytes; it and what it imports count each. The default value is 4194304 (4 MiB).</summary>
    [Range(1024, 64 * 1024 * 1024, ErrorMessage = "Soap__MaxWsdlBytes must be between 1024 and 67108864.")]
    public int MaxWsdlBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long a WSDL is used before it is read again. When that fails, or a document is missing that was there before, the old one
    /// is used on. The default value is 1 hour.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "30.00:00:00",
        ErrorMessage = "Soap__WsdlRefresh must be between 1 second and 30 days, e.g. 01:00:00."
    )]
    public TimeSpan WsdlRefresh { get; set; } = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AttemptTimeout > MaxTimeout)
            yield return TooLong(nameof(AttemptTimeout));
        if (TotalTimeout > MaxTimeout)
            yield return TooLong(nameof(TotalTimeout));
        foreach (var (name, service) in Services)
        {
            foreach (var problem in ServiceRules.Check($"{Section}__{nameof(Services)}__{name}", service))
                yield return new ValidationResult(problem, [nameof(Services)]);
        }
    }

    private static ValidationResult TooLong(string name) =>
        new(
            $"{Section}__{name} is longer than {Section}__{nameof(MaxTimeout)}. Lower the first or raise the second.",
            [name]
        );
}
