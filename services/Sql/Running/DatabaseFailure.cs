namespace Integration.Sql.Running;

/// <summary>What a database said when it refused.</summary>
/// <param name="SqlState">Five characters; SQLite's codes are translated.</param>
/// <param name="Message">In its words, without values of rows.</param>
/// <param name="Constraint">That was violated.</param>
/// <param name="Table">Of the constraint.</param>
/// <param name="Column">Of the constraint.</param>
internal sealed record DatabaseFailure(
    string SqlState,
    string Message,
    string? Constraint = null,
    string? Table = null,
    string? Column = null
);
