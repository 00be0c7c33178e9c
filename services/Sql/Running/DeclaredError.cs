using System.ComponentModel.DataAnnotations;

namespace Integration.Sql.Running;

/// <summary>An outcome that the process wants to know about as a BPMN error. What is set must fit, all of it.</summary>
public sealed record DeclaredError
{
    /// <summary>Code of the BPMN error, e.g. <c>EMAIL_TAKEN</c>.</summary>
    [Required]
    public string Code { get; set; } = "";

    /// <summary>One sentence for a person; has a default that names the condition.</summary>
    public string? Message { get; set; }

    /// <summary>SQLSTATE of the database's error, e.g. <c>23505</c> for a unique violation.</summary>
    public string? SqlState { get; set; }

    /// <summary>Name of the constraint that was violated; on SQLite the column, e.g. <c>customers.email</c>.</summary>
    public string? Constraint { get; set; }

    /// <summary>How many rows came back or were changed, e.g. 0 for "there is no such customer".</summary>
    public long? Rows { get; set; }

    /// <summary>Null when it can work.</summary>
    internal string? Problem() =>
        Code.Length == 0 ? "has no Code: name the BPMN error to raise."
        : SqlState is null && Constraint is null && Rows is null ? "fits everything: set SqlState, Constraint or Rows."
        : Rows is not null && (SqlState ?? Constraint) is not null
            ? "has Rows beside SqlState or Constraint, and a statement that failed has no rows. Make two of it."
        : null;
}
