namespace Integration.Sql.Settings;

/// <summary>What is wrong with a configured connection.</summary>
internal static class ConnectionCheck
{
    public static IEnumerable<string> Problems(string name, ConnectionOptions connection, SqlOptions sql)
    {
        var prefix = $"Sql__Connections__{name}__";
        if (connection.StatementTimeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromHours(1)))
            yield return $"{prefix}StatementTimeout must be more than zero and at most 1 hour, e.g. 00:00:30.";
        if (connection.MaxPoolSize is < 1 or > 1000)
            yield return $"{prefix}MaxPoolSize must be between 1 and 1000.";
        var problem =
            connection.Provider == DatabaseProvider.Sqlite
                ? Sqlite.SqliteFile.Problem(prefix, connection, sql)
                : PostgreSql.PostgreSqlSettings.Problem(prefix, connection);
        if (problem is not null)
            yield return problem;
    }
}
