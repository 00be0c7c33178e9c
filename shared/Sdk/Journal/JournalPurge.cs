using Integration.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>Forgets outcomes that are older than the retention, a few at a time, every hour.</summary>
internal sealed class JournalPurge(
    Journal journal,
    AskedTasks asked,
    IOptions<PipelineOptions> options,
    TimeProvider time
) : IRecurringWork
{
    private const int Chunk = 1_000;
    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    public string Name => "Tidying up the journal";

    public TimeSpan FirstAfter => _interval;

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var before = now - options.Value.JournalRetention;
        while (await journal.PurgeAsync(before, Chunk, cancellation) >= Chunk)
            await Task.Yield();
        while (await asked.PurgeAsync(before, Chunk, cancellation) == Chunk)
            await Task.Yield();
        return now + _interval;
    }
}
