using System.Data.Common;
using Integration.Bus;
using Integration.Storage;

namespace Integration.ProcessCore.Messaging;

/// <summary>
/// Holds a delivery while the database does not work, instead of returning it: returns are counted, and a result whose
/// count is used up would be lost to its process only because a database was away for a minute. What throws for another reason is tried
/// a few times; then it is the event's own fault.
/// </summary>
internal sealed class Patience(TimeProvider time, ILogger<Patience> log)
{
    // Well below the half hour after which RabbitMQ closes the channel of a consumer that does not acknowledge.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);
    private const int Tries = 3;
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);

    private readonly Outage _outage = new(time);

    /// <summary>Whether it is the database or the end of the process that is in the way, and not the event.</summary>
    public static bool IsPassing(Exception e) =>
        e
            is DbException
                or StorageException
                or OperationCanceledException
                or ObjectDisposedException
                or OutOfMemoryException;

    public async Task<T> TryAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(100);
        for (var tries = 1; ; tries++)
        {
            try
            {
                var done = await work();
                if (tries > 1 && _outage.End() is { } lasted)
                    log.LogInformation("The database takes events again, after {Outage}.", lasted);
                return done;
            }
            catch (Exception e) when (e is DbException or StorageException && time.GetElapsedTime(begun) < _longest)
            {
                if (_outage.IsToBeTold(e.Message))
                    log.LogWarning(
                        "The database does not take events ({Reason}); trying again until it does.",
                        e.Message
                    );
            }
            catch (Exception e) when (!IsPassing(e) && tries < Tries)
            {
                log.LogWarning(e, "An event is not taken ({Reason}); trying again in {Pause}.", e.Message, pause);
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause < _longestPause ? pause * 2 : pause;
        }
    }
}
