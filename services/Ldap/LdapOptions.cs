using System.ComponentModel.DataAnnotations;
using Integration.Ldap.Servers;

namespace Integration.Ldap;

/// <summary>Which directories there are, how long they may take and how much is taken. Configuration section <c>Ldap</c>.</summary>
public sealed class LdapOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ldap";

    /// <summary>
    /// The directories, by the name that tasks use: Ldap__Servers__NAME__Uri, __StartTls, __BindDn, __BindPassword or
    /// __BindPasswordFile, __BaseDn, __ReadOnly, __HiddenAttributes, __BinaryAttributes, __PasswordsInTasks. The default
    /// value is none.
    /// </summary>
    public Dictionary<string, ServerOptions> Servers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>For opening a connection, the name service included, and for TLS. The default value is 10 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "00:10:00",
        ErrorMessage = "Ldap__ConnectTimeout must be between 1 ms and 10 minutes, e.g. 00:00:10."
    )]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For the answer to one request that is no search. The default value is 30 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "00:10:00",
        ErrorMessage = "Ldap__AnswerTimeout must be between 1 ms and 10 minutes, e.g. 00:00:30."
    )]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For a whole search, all of its pages, unless its task says otherwise. The default value is 1 minute.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "00:20:00",
        ErrorMessage = "Ldap__SearchTimeout must be between 1 second and 20 minutes, e.g. 00:01:00."
    )]
    public TimeSpan SearchTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Longest time that a task may ask for. Shorter than Pipeline__ExecutionLimit, so that what happened is reported. The
    /// default value is 4 minutes.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "00:20:00",
        ErrorMessage = "Ldap__MaxSearchTimeout must be between 1 second and 20 minutes, e.g. 00:04:00."
    )]
    public TimeSpan MaxSearchTimeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Most entries that a search hands out. The default value is 1000.</summary>
    [Range(1, 100_000, ErrorMessage = "Ldap__MaxEntries must be between 1 and 100000.")]
    public int MaxEntries { get; set; } = 1_000;

    /// <summary>Most entries that a search writes into a file. The default value is 1000000.</summary>
    [Range(1, 100_000_000, ErrorMessage = "Ldap__MaxFileEntries must be between 1 and 100000000.")]
    public int MaxFileEntries { get; set; } = 1_000_000;

    /// <summary>How many entries are asked for at once, unless the task says otherwise. The default value is 500.</summary>
    [Range(1, 10_000, ErrorMessage = "Ldap__PageSize must be between 1 and 10000.")]
    public int PageSize { get; set; } = 500;

    /// <summary>
    /// Most bytes of names and values that an operation hands out. It has to fit into an event, see Pipeline__BodyLimit. The
    /// default value is 196608 (192 KiB).
    /// </summary>
    [Range(1_024, 64 * 1024 * 1024, ErrorMessage = "Ldap__MaxAnswerBytes must be between 1024 and 67108864.")]
    public int MaxAnswerBytes { get; set; } = 192 * 1024;

    /// <summary>
    /// Largest message that is taken from a server, an entry with its attributes as a rule. It is in memory as a whole. The
    /// default value is 4194304 (4 MiB).
    /// </summary>
    [Range(1_024, 256 * 1024 * 1024, ErrorMessage = "Ldap__MaxMessageBytes must be between 1024 and 268435456.")]
    public int MaxMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Most bytes that one request may take from file references. They are in memory as a whole. The default value is
    /// 2097152 (2 MiB).
    /// </summary>
    [Range(0, 256 * 1024 * 1024, ErrorMessage = "Ldap__MaxFileBytes must be between 0 and 268435456.")]
    public int MaxFileBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>How many unused connections are kept for each server. The default value is 32; 0 keeps none.</summary>
    [Range(0, 1_000, ErrorMessage = "Ldap__IdleConnections must be between 0 and 1000.")]
    public int IdleConnections { get; set; } = 32;

    /// <summary>How long an unused connection is kept. The default value is 1 minute.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.1",
        "01:00:00",
        ErrorMessage = "Ldap__ConnectionIdleTimeout must be between 100 ms and 1 hour, e.g. 00:01:00."
    )]
    public TimeSpan ConnectionIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SearchTimeout > MaxSearchTimeout)
            yield return new ValidationResult(
                "Ldap__SearchTimeout is longer than Ldap__MaxSearchTimeout. Lower the first or raise the second.",
                [nameof(SearchTimeout)]
            );
        foreach (var (name, server) in Servers)
        foreach (var problem in ServerRules.Check($"{Section}__{nameof(Servers)}__{name}", server))
            yield return new ValidationResult(problem, [nameof(Servers)]);
    }
}
