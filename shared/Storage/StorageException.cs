namespace Integration.Storage;

/// <summary>The database cannot be used as it is; the message names the way out.</summary>
public sealed class StorageException : Exception
{
    /// <inheritdoc />
    public StorageException() { }

    /// <inheritdoc />
    public StorageException(string message)
        : base(message) { }

    /// <inheritdoc />
    public StorageException(string message, Exception innerException)
        : base(message, innerException) { }
}
