using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sql.Running;

/// <summary>A query whose value is to be saved gave something else.</summary>
[Raises(
    ErrorCategory.Data,
    "not-one-value",
    "A query for a value gave no row, several rows or columns, or null.",
    "Correct the statement, or declare `rows=0`."
)]
internal static class NotOneValue
{
    public static DataErrorException Found(string what) =>
        new(
            "not-one-value",
            $"To be saved as a value, a query must give one row with one column that is not null, and this one gave {what}. Correct the "
                + "statement, or declare an error with rows=0."
        );
}
