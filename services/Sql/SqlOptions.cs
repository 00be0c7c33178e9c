using System.ComponentModel.DataAnnotations;
using Integration.Sql.Settings;
using Integration.Sql.Statements;

namespace Integration.Sql;

/// <summary>Databases, what may be done there, and its limits. Configuration section <c>Sql</c>.</summary>
public sealed class SqlOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Sql";

    /// <summary>
    /// The databases by name: <c>Sql__Connections__crm__ConnectionString</c> and the like. A task that names none uses
    /// <c>default</c>. The default value is none.
    /// </summary>
    public Dictionary<string, ConnectionOptions> Connections { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The statements by name: <c>Sql__Statements__find-customer__Text</c> and the like. The default value is none.
    /// </summary>
    public Dictionary<string, StatementOptions> Statements { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Folder with further statements, one in each <c>.sql</c> file. The default value is empty: none.</summary>
    public string StatementsFolder { get; set; } = "";

    /// <summary>The only folder in which SQLite files are opened. The default value is empty: SQLite is not used.</summary>
    public string SqliteFolder { get; set; } = "";

    /// <summary>For a connection, its login included. The default value is 10 seconds.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "01:00:00",
        ErrorMessage = "Sql__ConnectTimeout must be between 1 second and 1 hour, e.g. 00:00:10."
    )]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For each statement, kept by the database server; a connection and a statement can have their own. The default
    /// value is 30 seconds.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.010",
        "01:00:00",
        ErrorMessage = "Sql__StatementTimeout must be between 10 ms and 1 hour, e.g. 00:00:30."
    )]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most rows that a task gets; it may ask for less. The default value is 1000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Sql__MaxRows must be between 1 and 1000000.")]
    public int MaxRows { get; set; } = 1000;

    /// <summary>
    /// Largest answer, as JSON. It has to fit into an event, see Pipeline__BodyLimit. The default value is 196608
    /// (192 KiB).
    /// </summary>
    [Range(1, 64 * 1024 * 1024, ErrorMessage = "Sql__MaxAnswerBytes must be between 1 and 67108864.")]
    public int MaxAnswerBytes { get; set; } = 192 * 1024;

    /// <summary>Most rows that go into a file; a task may ask for less. The default value is 10000000.</summary>
    [Range(1, 1_000_000_000, ErrorMessage = "Sql__MaxFileRows must be between 1 and 1000000000.")]
    public int MaxFileRows { get; set; } = 10_000_000;

    /// <summary>
    /// Largest row of a file with rows, as JSON; one at a time is in memory. The default value is 1048576 (1 MiB).
    /// </summary>
    [Range(1, 64 * 1024 * 1024, ErrorMessage = "Sql__MaxRowBytes must be between 1 and 67108864.")]
    public int MaxRowBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Largest file that becomes the value of a parameter. PostgreSQL gets it piece by piece and takes up to 1 GB. The
    /// default value is 268435456 (256 MiB).
    /// </summary>
    [Range(1, 1_000_000_000, ErrorMessage = "Sql__MaxParameterBytes must be between 1 and 1000000000.")]
    public int MaxParameterBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>
    /// The same for SQLite, which has the whole of a value in memory; a value that is larger, or a row by more than 1 MiB, is not
    /// read either. The default value is 16777216 (16 MiB).
    /// </summary>
    [Range(1, 1_000_000_000, ErrorMessage = "Sql__MaxSqliteParameterBytes must be between 1 and 1000000000.")]
    public int MaxSqliteParameterBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// How often a transaction is run again in one attempt when the database undid it because of others (serialization
    /// failure, deadlock). The default value is 2.
    /// </summary>
    [Range(0, 10, ErrorMessage = "Sql__Retries must be between 0 and 10.")]
    public int Retries { get; set; } = 2;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var problems = Connections
            .SelectMany(one => ConnectionCheck.Problems(one.Key, one.Value, this))
            .Concat(StatementCatalog.Problems(this));
        return problems.Select(problem => new ValidationResult(problem));
    }
}
