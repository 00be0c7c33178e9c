using Integration.Contracts;
using Integration.Errors;
using Integration.Sql.Settings;

namespace Integration.Sql.Running;

/// <summary>How large a file may be that becomes a value in a database.</summary>
[Raises(
    ErrorCategory.Volumetric,
    "parameter-too-large",
    "A file for a parameter is larger than `Sql__MaxParameterBytes` or `Sql__MaxSqliteParameterBytes`.",
    "Raise it, or send less."
)]
internal static class FileLimits
{
    /// <exception cref="VolumetricErrorException">One is too large; the message names the field.</exception>
    public static void Check(IEnumerable<StatementCall> calls, DatabaseProvider provider, SqlOptions options)
    {
        var (most, setting) =
            provider == DatabaseProvider.Sqlite
                ? (options.MaxSqliteParameterBytes, nameof(SqlOptions.MaxSqliteParameterBytes))
                : (options.MaxParameterBytes, nameof(SqlOptions.MaxParameterBytes));
        foreach (var value in calls.SelectMany(call => call.Values.Values))
        {
            if (value.File is { } file && file.Size > most)
            {
                throw new VolumetricErrorException(
                    "parameter-too-large",
                    $"inputs.{value.Field} is a file of {file.Size} bytes; at most {most} become a value. Sql__{setting} sets the bound."
                )
                {
                    Status = -1,
                };
            }
        }
    }
}
