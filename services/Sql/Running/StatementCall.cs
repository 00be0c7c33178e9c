using Integration.Sql.Statements;
using Integration.Sql.Values;

namespace Integration.Sql.Running;

/// <summary>A statement with the values of a task.</summary>
/// <param name="Name">For messages; "sql" for free SQL.</param>
/// <param name="Text">What is run.</param>
/// <param name="Values">By the names of the parameters in the text.</param>
/// <param name="Timeout">Kept by the database.</param>
/// <param name="Errors">Outcomes that are business errors.</param>
internal sealed record StatementCall(
    string Name,
    SqlText Text,
    IReadOnlyDictionary<string, BoundValue> Values,
    TimeSpan Timeout,
    IReadOnlyList<DeclaredError> Errors
);
