namespace Integration.Storage;

/// <summary>Where a service keeps its state. Configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>The database. The default value is <see cref="StorageProvider.Sqlite"/>.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>
    /// SQLite: <c>Data Source=…</c>; PostgreSQL: <c>Host=…;Database=…;Username=…;Password=…</c>.
    /// The default value is a file <c>data/&lt;service&gt;.db</c> below the working directory. A PostgreSQL server on another
    /// host is reached by TLS with a verified certificate, unless <c>SSL Mode</c> says otherwise.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// SQLite: whether a commit waits until the disk has it (<c>synchronous=full</c>), so that it also outlives a power
    /// failure. The default value is true.
    /// </summary>
    public bool SynchronousFull { get; set; } = true;
}

/// <summary>The databases that a service can keep its state in.</summary>
public enum StorageProvider
{
    /// <summary>A file, one replica.</summary>
    Sqlite,

    /// <summary>A server, any number of replicas.</summary>
    PostgreSql,
}
