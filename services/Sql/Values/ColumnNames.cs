using System.Data.Common;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sql.Values;

/// <summary>The names of a result's columns; each must be there once, as a row is an object.</summary>
[Raises(ErrorCategory.Data, "ambiguous-column", "Two columns have one name.", "Name them with `AS`.")]
internal static class ColumnNames
{
    public static string[] Of(DbDataReader reader)
    {
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var twice = names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? names
            : throw new DataErrorException(
                "ambiguous-column",
                $"The result has more than one column '{twice.Key}'. Give them names of their own with AS."
            );
    }
}
