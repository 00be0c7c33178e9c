using Integration.Sql.Settings;

namespace Integration.Sql.Sqlite;

/// <summary>SQLite files, of one folder only.</summary>
internal static class SqliteFile
{
    private const int RoomBesideIt = 1024 * 1024;

    /// <summary>Null when it can be used.</summary>
    public static string? Problem(string prefix, ConnectionOptions connection, SqlOptions sql)
    {
        if (connection.ConnectionString.Length > 0 || connection.ConnectionStringFile.Length > 0)
            return $"{prefix}ConnectionString is set, and SQLite has none. Set {prefix}File, or {prefix}Provider=PostgreSql.";
        if (connection.File.Length == 0)
            return $"{prefix}File is missing. Name a file in Sql__SqliteFolder.";
        if (sql.SqliteFolder.Length == 0)
            return $"Sql__SqliteFolder is missing, and {prefix}File is a name within it. Set the folder.";
        if (!Directory.Exists(sql.SqliteFolder))
            return $"Sql__SqliteFolder: there is no folder '{sql.SqliteFolder}'.";
        return IsInside(PathOf(connection, sql), sql.SqliteFolder)
            ? null
            : $"{prefix}File: '{connection.File}' leaves Sql__SqliteFolder. Name a file in it.";
    }

    public static string PathOf(ConnectionOptions connection, SqlOptions sql) =>
        Path.GetFullPath(connection.File, Path.GetFullPath(sql.SqliteFolder));

    /// <summary>Bytes of a value, and of the row that it stands in: what a task may write or read, and some room beside it.</summary>
    public static int LargestValue(SqlOptions sql) =>
        Math.Max(sql.MaxSqliteParameterBytes, Math.Max(sql.MaxAnswerBytes, sql.MaxRowBytes)) + RoomBesideIt;

    /// <summary>Whether the file is in the folder, links followed.</summary>
    public static bool IsInside(string path, string folder) =>
        Final(path).StartsWith(Final(Path.GetFullPath(folder)).TrimEnd('/') + "/", StringComparison.Ordinal);

    private static string Final(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
            return path;
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Final(target.FullName)
            : Path.Combine(Final(parent), Path.GetFileName(path));
    }
}
