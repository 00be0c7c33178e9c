using Integration.Storage.PostgreSql;
using Integration.Storage.Sqlite;

namespace Integration.Storage;

/// <summary>Opens the database that the configuration names.</summary>
public static class DatabaseFactory
{
    /// <summary>Creates the adapter; connects to nothing yet.</summary>
    /// <param name="options">Provider and connection string.</param>
    /// <param name="service">Names the default SQLite file.</param>
    /// <param name="time">For the times of migrations and the pauses between repetitions; the system's when null.</param>
    /// <exception cref="StorageException">A setting is missing or wrong; the message names it.</exception>
    public static IDatabase Create(StorageOptions options, string service, TimeProvider? time = null) =>
        options.Provider switch
        {
            StorageProvider.Sqlite => new SqliteDatabase(
                SqliteSettings.Read(options, service),
                time ?? TimeProvider.System
            ),
            StorageProvider.PostgreSql => new PostgreSqlDatabase(
                PostgreSqlSettings.Read(options, service),
                time ?? TimeProvider.System,
                Random.Shared
            ),
            _ => throw new StorageException(
                $"Storage__Provider is {options.Provider}; use {nameof(StorageProvider.Sqlite)} or {nameof(StorageProvider.PostgreSql)}."
            ),
        };
}
