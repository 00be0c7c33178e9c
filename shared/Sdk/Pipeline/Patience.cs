using Integration.Bus;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// While the database is away a task waits, unsettled: the pipe comes to rest at its prefetch by itself, and no delivery is
/// burnt. However many tasks wait, the log says it once.
/// </summary>
internal sealed class Patience(TimeProvider time, ILogger<Patience> log)
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(5);

    private readonly Outage _outage = new(time);

    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken stopping)
    {
        var pause = _first;
        for (var hasFailed = false; ; hasFailed = true)
        {
            try
            {
                var answer = await ask();
                // The success of another task says nothing: it may be this one that cannot be written.
                if (hasFailed && _outage.End() is { } lasted)
                    log.LogInformation("The journal answers again, after {Outage}.", lasted);
                return answer;
            }
            catch (Exception e) when (e is not (OperationCanceledException or ObjectDisposedException))
            {
                if (_outage.IsToBeTold(e.Message))
                    log.LogWarning("The journal does not answer ({Reason}); trying again until it does.", e.Message);
                await Task.Delay(pause, time, stopping);
                pause = pause < _longest ? pause * 2 : pause;
            }
        }
    }
}
