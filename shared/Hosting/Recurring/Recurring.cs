using Microsoft.Extensions.Logging;

namespace Integration.Hosting;

/// <summary>
/// Repeats a piece of work: at the moment that the work itself names, or when its alarm rings. A round begins when the one
/// before has ended. One that fails is repeated with the pauses of <see cref="Patience"/>, and the log says so once.
/// </summary>
/// <typeparam name="TWork">The work; it names the log's category as well.</typeparam>
public sealed class Recurring<TWork>(TWork work, TimeProvider time, ILogger<TWork> log) : IServiceComponent, IDisposable
    where TWork : class, IRecurringWork
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Alarm _alarm = work.Alarm ?? new Alarm(time);
    private readonly Patience _patience = new($"{work.Name} does not work", $"{work.Name} works again", time, log);
    private Task _rounds = Task.CompletedTask;

    /// <summary>Returns at once: what a round needs may be away for long.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        // Taken now, and not when a thread is free: the first round is not later than it has to be.
        var first = time.GetUtcNow() + work.FirstAfter;
        _rounds = Task.Run(() => RepeatAsync(first, _ended.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Has the round that is under way end, and waits for that.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _ended.CancelAsync();
        await _rounds.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc />
    public void Dispose() => _ended.Dispose();

    private async Task RepeatAsync(DateTimeOffset first, CancellationToken cancellation)
    {
        var next = first;
        try
        {
            while (true)
            {
                await _alarm.WaitAsync(next, cancellation);
                next = await _patience.TryAsync(
                    RoundAsync,
                    _ => ValueTask.FromResult(!cancellation.IsCancellationRequested),
                    cancellation
                );
            }
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Stopped, whatever the round made of it.
        }

        Task<DateTimeOffset> RoundAsync()
        {
            _alarm.Reset();
            return work.RoundAsync(cancellation);
        }
    }
}
