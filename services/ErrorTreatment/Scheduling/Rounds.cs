namespace Integration.ErrorTreatment.Scheduling;

/// <summary>Repeats a piece of work: at the moment that the work itself names, or when the alarm rings.</summary>
/// <param name="name">For the log.</param>
/// <param name="round">Does what is to be done and says when to look again.</param>
/// <param name="alarm">Rings when there is something to do earlier.</param>
internal sealed class Rounds(
    string name,
    Func<CancellationToken, Task<DateTimeOffset>> round,
    Alarm alarm,
    TimeProvider time,
    ILogger log
)
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _ended = new();
    private Task _work = Task.CompletedTask;

    public void Start() => _work = Task.Run(() => RepeatAsync(_ended.Token));

    public async Task StopAsync()
    {
        await _ended.CancelAsync();
        await _work;
        _ended.Dispose();
    }

    private async Task RepeatAsync(CancellationToken cancellation)
    {
        var pause = _shortestPause;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                alarm.Reset();
                var next = await round(cancellation);
                pause = _shortestPause;
                await alarm.WaitAsync(next, cancellation);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "{Work} failed and is tried again in {Pause}: {Reason}", name, pause, e.Message);
                await Task.Delay(pause, time, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
        }
    }
}
