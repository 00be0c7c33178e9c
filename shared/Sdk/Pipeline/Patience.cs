using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// While the database is away a task waits, unsettled: the pipe comes to rest at its prefetch by itself, and no delivery is
/// burnt.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    public static async Task<T> AskAsync<T>(
        Func<Task<T>> ask,
        TimeProvider time,
        ILogger log,
        CancellationToken stopping
    )
    {
        var pause = _first;
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception e) when (e is not (OperationCanceledException or ObjectDisposedException))
            {
                log.LogWarning("The journal does not answer ({Reason}); trying again in {Pause}.", e.Message, pause);
                await Task.Delay(pause, time, stopping);
                pause = pause < _longest ? pause * 2 : pause;
            }
        }
    }
}
