using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Integration.Storage;

/// <summary>Distinguishes a database in trouble from a statement that is wrong.</summary>
internal static class DatabaseTrouble
{
    /// <summary>Whether the same work may succeed later: locked, connection lost, server going down, could not be serialised.</summary>
    public static bool Is(Exception e) =>
        e switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED,
            DbException database => database.IsTransient,
            StorageException => true,
            ObjectDisposedException => true,
            _ => false,
        };
}
