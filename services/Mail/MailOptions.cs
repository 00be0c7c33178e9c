using System.ComponentModel.DataAnnotations;
using Integration.Mail.Accounts;

namespace Integration.Mail;

/// <summary>From where mail is sent, how long that may take and how much it may be. Configuration section <c>Mail</c>.</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Mail";

    /// <summary>
    /// The servers that take our mail, by the name that tasks use: Mail__Accounts__NAME__Host, __Port, __Security,
    /// __Authentication, __User, __Password or __PasswordFile, __Token or __TokenFile, __From, __HelloName. The default
    /// value is none.
    /// </summary>
    public Dictionary<string, AccountOptions> Accounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>For opening a connection, the name service included. The default value is 10 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "00:10:00",
        ErrorMessage = "Mail__ConnectTimeout must be between 1 ms and 10 minutes, e.g. 00:00:10."
    )]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For the answer to one command, and for every piece of the message to be taken. The default value is 1 minute.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "00:10:00",
        ErrorMessage = "Mail__CommandTimeout must be between 1 ms and 10 minutes, e.g. 00:01:00."
    )]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// For the answer to the whole message, while servers scan it. When it passes the task is in doubt. The default value
    /// is 2 minutes.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "00:30:00",
        ErrorMessage = "Mail__AcceptTimeout must be between 1 ms and 30 minutes, e.g. 00:02:00."
    )]
    public TimeSpan AcceptTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// For everything together. Shorter than Pipeline__ExecutionLimit, so that what is known about the mail is told. The
    /// default value is 4 minutes.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.001",
        "01:00:00",
        ErrorMessage = "Mail__TotalTimeout must be between 1 ms and 1 hour, e.g. 00:04:00."
    )]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Most recipients of one mail: to, cc and bcc together. The default value is 100.</summary>
    [Range(1, 10_000, ErrorMessage = "Mail__MaxRecipients must be between 1 and 10000.")]
    public int MaxRecipients { get; set; } = 100;

    /// <summary>
    /// Largest mail as it is sent; attachments grow by a third on the way. The default value is 26214400 (25 MiB).
    /// </summary>
    [Range(1, 1024L * 1024 * 1024, ErrorMessage = "Mail__MaxMessageBytes must be between 1 and 1073741824.")]
    public long MaxMessageBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>Longest text, and longest HTML, after its template was filled. The default value is 1048576 characters.</summary>
    [Range(1, 64 * 1024 * 1024, ErrorMessage = "Mail__MaxBodyLength must be between 1 and 67108864.")]
    public int MaxBodyLength { get; set; } = 1024 * 1024;

    /// <summary>How many unused connections are kept for each account. The default value is 2; 0 keeps none.</summary>
    [Range(0, 100, ErrorMessage = "Mail__IdleConnections must be between 0 and 100.")]
    public int IdleConnections { get; set; } = 2;

    /// <summary>How long an unused connection is kept. The default value is 30 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "01:00:00",
        ErrorMessage = "Mail__ConnectionIdleTimeout must be between 0 and 1 hour, e.g. 00:00:30."
    )]
    public TimeSpan ConnectionIdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After how many mails a connection is opened anew. The default value is 100.</summary>
    [Range(1, 100_000, ErrorMessage = "Mail__MailsPerConnection must be between 1 and 100000.")]
    public int MailsPerConnection { get; set; } = 100;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Accounts
            .SelectMany(account => AccountRules.Check($"{Section}__{nameof(Accounts)}__{account.Key}", account.Value))
            .Select(problem => new ValidationResult(problem, [nameof(Accounts)]));
}
