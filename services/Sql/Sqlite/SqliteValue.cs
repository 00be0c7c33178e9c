using System.Text;
using Integration.Sql.Running;
using Microsoft.Data.Sqlite;

namespace Integration.Sql.Sqlite;

/// <summary>The value of a query for a file: bytes as they are, everything else as SQLite shows it as a text.</summary>
internal static class SqliteValue
{
    public static StatementResult Save(SqliteDataReader reader, Export export, CancellationToken cancellation)
    {
        if (reader.FieldCount != 1)
            throw NotOneValue.Found($"{reader.FieldCount} columns");
        if (!reader.Read())
            return new StatementResult(0, null) { Exported = 0 };
        if (reader.IsDBNull(0))
            throw NotOneValue.Found("null");
        var value = reader.GetValue(0) as byte[] ?? Encoding.UTF8.GetBytes(reader.GetString(0));
        if (reader.Read())
            throw NotOneValue.Found("more than one row");
        export.WriteAsync(value, cancellation).AsTask().GetAwaiter().GetResult();
        return new StatementResult(0, null) { Exported = 1 };
    }
}
