using Integration.Sql.Running;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Integration.Sql.Sqlite;

/// <summary>SQLite's codes as the SQLSTATEs that PostgreSQL has for the same.</summary>
internal static class SqliteFailure
{
    public static DatabaseFailure Of(SqliteException e)
    {
        var message = Message(e);
        var constraint = e.SqliteErrorCode == raw.SQLITE_CONSTRAINT ? After(message, "constraint failed: ") : null;
        return new DatabaseFailure(State(e, message), message, constraint);
    }

    private static string State(SqliteException e, string message) =>
        e.SqliteExtendedErrorCode switch
        {
            raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID => "23505",
            raw.SQLITE_CONSTRAINT_FOREIGNKEY => "23503",
            raw.SQLITE_CONSTRAINT_NOTNULL => "23502",
            raw.SQLITE_CONSTRAINT_CHECK => "23514",
            raw.SQLITE_CONSTRAINT_TRIGGER => "P0001",
            _ => e.SqliteErrorCode switch
            {
                raw.SQLITE_CONSTRAINT => "23000",
                raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "55P03",
                raw.SQLITE_INTERRUPT => "57014",
                raw.SQLITE_READONLY => "25006",
                raw.SQLITE_PERM or raw.SQLITE_AUTH => "42501",
                raw.SQLITE_CANTOPEN or raw.SQLITE_NOTADB => "3D000",
                raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM => "53000",
                raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE => "22000",
                _ => message.StartsWith("no such ", StringComparison.Ordinal) ? "42P01" : "42601",
            },
        };

    // SQLite Error 19: 'UNIQUE constraint failed: customers.email'.
    private static string Message(SqliteException e)
    {
        if (e.SqliteErrorCode == raw.SQLITE_TOOBIG)
            return "A value or a row is larger than this service takes; Sql__MaxSqliteParameterBytes sets the bound";
        var start = e.Message.IndexOf('\'', StringComparison.Ordinal);
        var end = e.Message.LastIndexOf('\'');
        return start >= 0 && end > start ? e.Message[(start + 1)..end] : e.Message;
    }

    private static string? After(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : text[(at + mark.Length)..];
    }
}
