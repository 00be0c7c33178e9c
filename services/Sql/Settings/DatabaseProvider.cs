namespace Integration.Sql.Settings;

/// <summary>Which database a connection leads to.</summary>
public enum DatabaseProvider
{
    /// <summary>A PostgreSQL server.</summary>
    PostgreSql,

    /// <summary>A SQLite file.</summary>
    Sqlite,
}
