using System.Data.Common;
using Integration.Hosting;
using Integration.Storage;

namespace Integration.ProcessCore.Messaging;

/// <summary>
/// Holds a delivery while the database does not work, instead of returning it: returns are counted, and a result whose
/// count is used up would be lost to its process only because a database was away for a minute. What throws for another reason is tried
/// a few times; then it is the event's own fault.
/// </summary>
internal sealed class EventPatience(TimeProvider time, ILogger<EventPatience> log)
{
    // Well below the half hour after which RabbitMQ closes the channel of a consumer that does not acknowledge.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);
    private const int Tries = 3;

    private readonly Patience _patience = new(
        "The database does not take events",
        "The database takes events again",
        time,
        log
    );

    /// <summary>Whether it is the database or the end of the process that is in the way, and not the event.</summary>
    public static bool IsPassing(Exception e) =>
        e
            is DbException
                or StorageException
                or OperationCanceledException
                or ObjectDisposedException
                or OutOfMemoryException;

    public Task<T> TryAsync<T>(Func<Task<T>> work, CancellationToken cancellation) =>
        _patience.TryAsync(work, failed => ValueTask.FromResult(MayGoOn(failed)), cancellation);

    private static bool MayGoOn(FailedTry failed) =>
        failed.Reason is DbException or StorageException
            ? failed.Lasting < _longest
            : !IsPassing(failed.Reason) && failed.Tries < Tries;
}
