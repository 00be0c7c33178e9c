using Integration.Contracts;
using Integration.Sdk;

namespace Integration.Files;

/// <summary>The errors that every kind of store tells in the same words.</summary>
public static class FileErrors
{
    /// <summary>The reference leads nowhere.</summary>
    public static DataErrorException NotFound(FileReference reference, Exception? cause = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return new DataErrorException(
            "file-not-found",
            $"The file store '{reference.Store}' has no file '{reference.Key}'. It was removed, or belongs to another store.",
            cause
        );
    }

    /// <summary>The reference leads out of the store.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="problem">Goes on after "this reference".</param>
    public static DataErrorException Refused(FileReference reference, string problem)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return new DataErrorException(
            "file-reference-refused",
            $"The file store '{reference.Store}' does not follow this reference: {problem}"
        )
        {
            Status = -1,
        };
    }
}
