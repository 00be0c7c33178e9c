using Integration.Bus;
using Integration.Hosting;

namespace Integration.ErrorTreatment.Scheduling;

/// <summary>Repeats a piece of work: at the moment that the work itself names, or when its alarm rings.</summary>
internal sealed class Recurring<TWork>(TWork work, TimeProvider time, ILogger<TWork> log)
    : IServiceComponent,
        IDisposable
    where TWork : class, IRecurringWork
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _ended = new();
    private readonly Outage _outage = new(time);
    private Task _rounds = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellation)
    {
        _rounds = Task.Run(() => RepeatAsync(_ended.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _ended.CancelAsync();
        await _rounds.WaitAsync(cancellation);
    }

    public void Dispose() => _ended.Dispose();

    private async Task RepeatAsync(CancellationToken cancellation)
    {
        var pause = _shortestPause;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                work.Alarm.Reset();
                var next = await work.RoundAsync(cancellation);
                pause = _shortestPause;
                if (_outage.End() is { } lasted)
                    log.LogInformation("{Work} works again, after {Outage}.", work.Name, lasted);
                await work.Alarm.WaitAsync(next, cancellation);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (_outage.IsToBeTold(e.Message))
                    log.LogError(e, "{Work} failed; trying again until it works. {Reason}", work.Name, e.Message);
                await Task.Delay(pause, time, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
        }
    }
}
