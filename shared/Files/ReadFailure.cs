using Integration.Contracts;
using Integration.Errors;

namespace Integration.Files;

/// <summary>What fails while a file is read. To read changes nothing, so none of it leaves a doubt.</summary>
internal static class ReadFailure
{
    /// <summary>Whether another error is reported in its place.</summary>
    public static bool Is(Exception e) =>
        e is TaskErrorException { EffectUnknown: true } or UnauthorizedAccessException or IOException;

    /// <summary>The error that is reported in its place.</summary>
    public static TaskErrorException Of(FileReference reference, Exception e) =>
        e switch
        {
            TaskErrorException known => known.WithoutEffect(),
            UnauthorizedAccessException => new AccessErrorException(
                "file-store-refused",
                $"This service may not read '{reference.Key}' in the file store '{reference.Store}'. Give its user the right.",
                e
            ),
            _ => new ConnectivityErrorException(
                "file-store-unavailable",
                $"This service could not read '{reference.Key}' in the file store '{reference.Store}': {e.GetType().Name}. Is it "
                    + "still mounted, and are its disks in order?",
                e
            ),
        };
}
