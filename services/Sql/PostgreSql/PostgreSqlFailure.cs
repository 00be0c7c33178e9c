using Integration.Sql.Running;
using Npgsql;

namespace Integration.Sql.PostgreSql;

/// <summary>What the server said. Its DETAIL stays out: it quotes rows.</summary>
internal static class PostgreSqlFailure
{
    public static DatabaseFailure Of(PostgresException e) =>
        new(e.SqlState, e.MessageText, e.ConstraintName, e.TableName, e.ColumnName);
}
