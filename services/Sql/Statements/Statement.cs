using Integration.Sdk;
using Integration.Sql.Running;

namespace Integration.Sql.Statements;

/// <summary>A named statement, ready to be bound to the values of a task.</summary>
internal sealed record Statement(
    string Name,
    string Connection,
    StatementBody Body,
    IReadOnlyDictionary<string, ParameterType> Parameters,
    Effect Effect,
    TimeSpan Timeout,
    IReadOnlyList<DeclaredError> Errors
);

/// <summary>What a statement does.</summary>
internal abstract record StatementBody;

/// <summary>SQL that is executed as it is written.</summary>
internal sealed record TextBody(SqlText Text) : StatementBody;

/// <summary>A function or a procedure.</summary>
internal sealed record RoutineBody(string Routine, bool IsProcedure) : StatementBody;
