using System.Data.Common;
using Integration.Storage;

namespace Integration.ProcessCore.Messaging;

/// <summary>
/// Holds a delivery while the database does not work, instead of returning it: returns are counted, and a result whose
/// count is used up would be lost to its process only because a database was away for a minute.
/// </summary>
internal sealed class Patience(TimeProvider time, ILogger<Patience> log)
{
    // Well below the half hour after which RabbitMQ closes the channel of a consumer that does not acknowledge.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);

    public async Task<T> TryAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(100);
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (e is DbException or StorageException && time.GetElapsedTime(begun) < _longest)
            {
                log.LogWarning(
                    "The database does not take an event ({Reason}); trying again in {Pause}.",
                    e.Message,
                    pause
                );
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause < _longestPause ? pause * 2 : pause;
        }
    }
}
