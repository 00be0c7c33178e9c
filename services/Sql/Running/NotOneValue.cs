using Integration.Sdk;

namespace Integration.Sql.Running;

/// <summary>A query whose value is to be saved gave something else.</summary>
internal static class NotOneValue
{
    public static DataErrorException Found(string what) =>
        new(
            "not-one-value",
            $"To be saved as a value, a query must give one row with one column that is not null, and this one gave {what}. Correct the "
                + "statement, or declare an error with rows=0."
        );
}
