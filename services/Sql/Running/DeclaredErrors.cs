using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sql.Running;

/// <summary>The business errors that a statement declares.</summary>
[Raises(
    ErrorCategory.Business,
    RaisesAttribute.AnyCode,
    "An outcome that the `Errors` of the statement declare. It was undone.",
    "Catch it with a boundary event."
)]
internal static class DeclaredErrors
{
    /// <summary>The first that fits a refusal; null when none does.</summary>
    public static BusinessErrorException? Find(StatementCall call, DatabaseFailure failure)
    {
        var error = call.Errors.FirstOrDefault(one =>
            one.Rows is null
            && (one.SqlState is null || one.SqlState == failure.SqlState)
            && (one.Constraint is null || one.Constraint == failure.Constraint)
        );
        return error is null
            ? null
            : Business(
                error,
                $"The database refused it with {failure.SqlState}"
                    + (failure.Constraint is null ? "." : $" ({failure.Constraint})."),
                new
                {
                    statement = call.Name,
                    sqlState = failure.SqlState,
                    constraint = failure.Constraint,
                    table = failure.Table,
                    column = failure.Column,
                }
            );
    }

    /// <summary>Raises the one that fits the number of rows; the transaction is then undone.</summary>
    public static void Check(StatementCall call, StatementResult result)
    {
        if (call.Errors.FirstOrDefault(one => one.Rows == result.Count) is { } error)
            throw Business(
                error,
                $"The statement had {result.Count} rows.",
                new { statement = call.Name, rows = result.Count }
            );
    }

    private static BusinessErrorException Business(DeclaredError error, string message, object data) =>
        new(
            error.Code,
            string.IsNullOrEmpty(error.Message) ? message : error.Message,
            JsonSerializer.SerializeToElement(data, OperationJson.Options)
        );
}
