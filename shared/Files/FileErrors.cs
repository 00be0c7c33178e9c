using Integration.Contracts;
using Integration.Errors;

namespace Integration.Files;

/// <summary>The errors that every kind of store reports in the same words.</summary>
[Raises(
    ErrorCategory.Data,
    "file-store-unknown",
    "The service has no file store of this name.",
    "Correct the name, or configure the store."
)]
[Raises(
    ErrorCategory.Data,
    "file-not-found",
    "The file store has no such file.",
    "It was removed, or the store is another one with the same name: save the file again."
)]
[Raises(
    ErrorCategory.Data,
    "file-mismatch",
    "Size or hash of the file is not what its reference says.",
    "The file was changed. Save it again, and use the new reference."
)]
[Raises(
    ErrorCategory.Data,
    "file-reference-refused",
    "The reference leads out of its file store.",
    "Correct the program that made it."
)]
[Raises(
    ErrorCategory.Volumetric,
    "file-too-large",
    "The content is larger than Files__MaxBytes.",
    "Raise it, or take less."
)]
[Raises(
    ErrorCategory.Access,
    "file-store-refused",
    "The service may not read or write the file store.",
    "Give its user the right."
)]
[Raises(
    ErrorCategory.Connectivity,
    "file-store-unavailable",
    "The file store cannot be read or written: not mounted, or full.",
    "Put it right; it is retried."
)]
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
