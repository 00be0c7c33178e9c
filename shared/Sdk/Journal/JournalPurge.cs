using Integration.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>Forgets outcomes that are older than the retention, a few at a time, every hour.</summary>
internal sealed class JournalPurge(
    Journal journal,
    AskedTasks asked,
    IOptions<PipelineOptions> options,
    TimeProvider time,
    ILogger<JournalPurge> log
) : IServiceComponent, IDisposable
{
    private const int Chunk = 1_000;
    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellation)
    {
        _loop = LoopAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task LoopAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_interval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                var before = time.GetUtcNow() - options.Value.JournalRetention;
                while (await journal.PurgeAsync(before, Chunk, stop) >= Chunk)
                    await Task.Yield();
                while (await asked.PurgeAsync(before, Chunk, stop) == Chunk)
                    await Task.Yield();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "The journal could not be tidied up; the next try is in an hour.");
            }
        }
    }
}
