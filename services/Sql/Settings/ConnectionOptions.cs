namespace Integration.Sql.Settings;

/// <summary>One database: <c>Sql__Connections__&lt;name&gt;__…</c>.</summary>
public sealed class ConnectionOptions
{
    /// <summary>The kind of database: <c>PostgreSql</c> or <c>Sqlite</c>. The default value is PostgreSql.</summary>
    public DatabaseProvider Provider { get; set; }

    /// <summary>Of PostgreSQL: <c>Host=…;Database=…;Username=…</c>. The default value is empty.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>A file that holds the connection string. The default value is empty.</summary>
    public string ConnectionStringFile { get; set; } = "";

    /// <summary>Password of the user, when it is not in the connection string. The default value is empty.</summary>
    public string Password { get; set; } = "";

    /// <summary>A file that holds the password; read anew for every connection that is opened. The default value is empty.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>Of SQLite: the file, relative to <c>Sql__SqliteFolder</c>. It must exist. The default value is empty.</summary>
    public string File { get; set; } = "";

    /// <summary>Whether nothing may be changed; the database enforces it. The default value is false.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Whether tasks may bring SQL of their own. The default value is false.</summary>
    public bool FreeSql { get; set; }

    /// <summary>For each statement; the server keeps it. The default value is <c>Sql__StatementTimeout</c>.</summary>
    public TimeSpan? StatementTimeout { get; set; }

    /// <summary>Of PostgreSQL: most connections to it at a time. The default value is 10.</summary>
    public int MaxPoolSize { get; set; } = 10;

    /// <summary>Of PostgreSQL: isolation of transactions, <c>ReadCommitted</c>, <c>RepeatableRead</c> or <c>Serializable</c>. The default value is ReadCommitted.</summary>
    public TransactionIsolation Isolation { get; set; }
}
