using Integration.Fixtures;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk.Tests.Pipeline;

/// <summary>What the log says while tasks wait for the database.</summary>
public sealed class PatienceTests
{
    private bool _isAway = true;
    private int _asked;

    [Fact]
    public async Task A_journal_that_is_away_is_told_once_however_many_wait_and_however_often()
    {
        using var log = new LogLines();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var patience = new Patience(new StillClock(), loggers.CreateLogger<Patience>());

        var waiting = Enumerable.Range(0, 20).Select(_ => patience.AskAsync(AskAsync, CancellationToken.None)).ToList();
        await Eventually.TrueAsync(() => Volatile.Read(ref _asked) >= 200);

        log.Count("The journal does not answer (Refused.)").ShouldBe(1, log.Text);
        log.Count("answers again").ShouldBe(0);
        Volatile.Write(ref _isAway, false);
        await Task.WhenAll(waiting);
        log.Count("The journal answers again, after").ShouldBeGreaterThan(0, log.Text);
    }

    [Fact]
    public async Task The_success_of_another_task_is_not_the_end_of_the_trouble()
    {
        using var log = new LogLines();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var patience = new Patience(new StillClock(), loggers.CreateLogger<Patience>());

        var waiting = patience.AskAsync(AskAsync, CancellationToken.None);
        await Eventually.TrueAsync(() => Volatile.Read(ref _asked) >= 5);
        await patience.AskAsync(() => Task.FromResult(1), CancellationToken.None);
        var asked = Volatile.Read(ref _asked);
        await Eventually.TrueAsync(() => Volatile.Read(ref _asked) >= asked + 5);

        log.Count("answers again").ShouldBe(0);
        log.Count("The journal does not answer").ShouldBe(1, log.Text);
        Volatile.Write(ref _isAway, false);
        await waiting;
    }

    private Task<int> AskAsync()
    {
        Interlocked.Increment(ref _asked);
        return Volatile.Read(ref _isAway) ? throw new IOException("Refused.") : Task.FromResult(1);
    }

    /// <summary>On which no time passes, and nobody waits.</summary>
    private sealed class StillClock : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
