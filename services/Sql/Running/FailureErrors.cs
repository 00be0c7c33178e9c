using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sql.Running;

/// <summary>Refusals of a database as errors of the contract, by their SQLSTATE. The transaction was undone in all of them.</summary>
[RaisesFrom(typeof(DeclaredErrors))]
[Raises(
    ErrorCategory.Data,
    "constraint-violated",
    "A unique, foreign key, check or not-null constraint refuses it. It was undone.",
    "Correct the data, or declare it in the statement's `Errors`."
)]
[Raises(
    ErrorCategory.Data,
    "invalid-value",
    "The database cannot take a value: out of range, division by zero.",
    "Correct the value."
)]
[Raises(ErrorCategory.Data, "syntax-error", "The statement is wrong.", "Correct the statement.")]
[Raises(
    ErrorCategory.Data,
    "unknown-object",
    "The statement does not fit the schema of the database.",
    "Check the names and types in it."
)]
[Raises(
    ErrorCategory.Data,
    "raised",
    "A function or trigger refused.",
    "Read the message; declare it in the statement's `Errors` when the process should decide."
)]
[Raises(
    ErrorCategory.Data,
    "refused",
    "The database refuses the statement.",
    "Read the message; `details` has the SQLSTATE."
)]
[Raises(
    ErrorCategory.Access,
    "read-only",
    "A change in sql.query, or on a connection that is `ReadOnly`.",
    "Use sql.execute, or another connection."
)]
[Raises(
    ErrorCategory.Access,
    "forbidden",
    "The database user lacks the right.",
    "Grant it, or use another connection."
)]
[Raises(ErrorCategory.Access, "unauthorised", "User or password of the connection is wrong.", "Correct them.")]
[Raises(
    ErrorCategory.Connectivity,
    "serialization-failure",
    "Others changed the same, more often than `Sql__Retries`. It was undone.",
    "It is retried."
)]
[Raises(
    ErrorCategory.Connectivity,
    "deadlock",
    "Others changed the same, more often than `Sql__Retries`. It was undone.",
    "It is retried."
)]
[Raises(ErrorCategory.Connectivity, "locked", "Others hold a lock. It was undone.", "It is retried.")]
[Raises(
    ErrorCategory.Connectivity,
    "timeout",
    "A statement took longer than its timeout. It was undone.",
    "Look at the database, or raise the timeout."
)]
[Raises(ErrorCategory.Connectivity, "unavailable", "The server is starting, stopping or full.", "It is retried.")]
[Raises(
    ErrorCategory.Connectivity,
    "connection-lost",
    "The connection ended before the commit, so it was undone.",
    "It is retried."
)]
internal static class FailureErrors
{
    /// <summary>The database gave the transaction up because of others; it can be run again at once.</summary>
    public static bool IsOfOthers(TaskErrorException error) => error.Code is "serialization-failure" or "deadlock";

    public static TaskErrorException Of(
        DatabaseFailure failure,
        StatementCall? call,
        string target,
        Exception? cause = null
    )
    {
        if (call is not null && DeclaredErrors.Find(call, failure) is { } declared)
            return declared;
        var (kind, code, hint) = Meaning(failure.SqlState);
        var what = call is null ? target : $"'{call.Name}' on {target}";
        var message =
            $"{what}: {failure.Message.TrimEnd('.')} ({failure.SqlState}).{(hint.Length == 0 ? "" : " " + hint)}";
        var details = JsonSerializer.SerializeToElement(
            new
            {
                statement = call?.Name,
                sqlState = failure.SqlState,
                constraint = failure.Constraint,
                table = failure.Table,
                column = failure.Column,
            },
            OperationJson.Options
        );
        return TaskErrorException.Of(
            kind,
            code,
            message,
            cause,
            new ErrorFacts
            {
                Target = target,
                Details = details,
                TargetWorks = code is "serialization-failure" or "deadlock" or "locked",
            }
        );
    }

    private static (ErrorCategory Kind, string Code, string Hint) Meaning(string state) =>
        state switch
        {
            "40001" => Connectivity("serialization-failure", "Others changed the same rows; it is retried."),
            "40P01" => Connectivity("deadlock", "It is retried."),
            "55P03" => Connectivity("locked", "Others hold a lock on it; it is retried."),
            "57014" => Connectivity("timeout", "It was undone. Look at the database, or raise its StatementTimeout."),
            "25006" => Access(
                "read-only",
                "Reading only: change with sql.execute on a connection that is not ReadOnly."
            ),
            "42501" => Access("forbidden", "Give the database user the right, or use another connection."),
            "42P01" or "42703" or "42883" or "42704" or "3F000" or "3D000" or "42P02" => Data(
                "unknown-object",
                "Check the names and types in the statement, and the schema of the database."
            ),
            "P0001" => Data("raised", "Declare it in the statement's Errors when the process should decide about it."),
            _ => state[..2] switch
            {
                "08" or "53" or "57" or "58" => Connectivity("unavailable", "It is retried."),
                "28" => Access("unauthorised", "Check user and password of the connection."),
                "22" => Data("invalid-value", "Correct the value."),
                "23" => Data("constraint-violated", "Correct the data, or declare it in the statement's Errors."),
                "42" => Data("syntax-error", "Correct the statement."),
                _ => Data("refused", ""),
            },
        };

    private static (ErrorCategory Kind, string Code, string Hint) Connectivity(string code, string hint) =>
        (ErrorCategory.Connectivity, code, hint);

    private static (ErrorCategory Kind, string Code, string Hint) Access(string code, string hint) =>
        (ErrorCategory.Access, code, hint);

    private static (ErrorCategory Kind, string Code, string Hint) Data(string code, string hint) =>
        (ErrorCategory.Data, code, hint);
}
