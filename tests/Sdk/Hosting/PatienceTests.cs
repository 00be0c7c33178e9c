using System.Data.Common;
using Integration.Fixtures;
using Integration.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Sdk.Tests.Hosting;

/// <summary>What waits while something is away, how long, and what the log says of it.</summary>
public sealed class PatienceTests
{
    private bool _isAway = true;
    private int _asked;

    [Fact]
    public async Task A_journal_that_is_away_is_told_once_however_many_wait_and_however_often()
    {
        using var log = new LogLines();
        var patience = Journal(new StillClock(), log);

        var waiting = Enumerable.Range(0, 20).Select(_ => patience.TryAsync(AskAsync, CancellationToken.None)).ToList();
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
        var patience = Journal(new StillClock(), log);

        var waiting = patience.TryAsync(AskAsync, CancellationToken.None);
        await Eventually.TrueAsync(() => Volatile.Read(ref _asked) >= 5);
        await patience.TryAsync(() => Task.FromResult(1), CancellationToken.None);
        var asked = Volatile.Read(ref _asked);
        await Eventually.TrueAsync(() => Volatile.Read(ref _asked) >= asked + 5);

        log.Count("answers again").ShouldBe(0);
        log.Count("The journal does not answer").ShouldBe(1, log.Text);
        Volatile.Write(ref _isAway, false);
        await waiting;
    }

    [Fact]
    public async Task Pauses_grow_from_a_fifth_of_a_second_to_five_seconds()
    {
        using var log = new LogLines();
        var clock = new FakeTimeProvider();
        var started = clock.GetUtcNow();
        var tries = new List<TimeSpan>();
        var waiting = Journal(clock, log)
            .TryAsync(
                () =>
                {
                    lock (tries)
                        tries.Add(clock.GetUtcNow() - started);
                    return Volatile.Read(ref _isAway) ? throw new IOException("Refused.") : Task.FromResult(1);
                },
                CancellationToken.None
            );

        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            lock (tries)
                return tries.Count >= 9;
        });

        Volatile.Write(ref _isAway, false);
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return waiting.IsCompleted;
        });
        // The clock runs while a try is under way: each pause is at least as long as it should be.
        var pauses = tries.Zip(tries.Skip(1), (one, next) => (next - one).TotalSeconds).Take(8).ToList();
        double[] shortest = [0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5];
        pauses.Zip(shortest).ShouldAllBe(pause => pause.First >= pause.Second);
    }

    [Fact]
    public async Task Whoever_may_not_go_on_gets_the_exception_and_whoever_asks_is_told_how_it_stands()
    {
        using var log = new LogLines();
        var seen = new List<(int Tries, TimeSpan Lasting)>();

        var error = await Should.ThrowAsync<IOException>(() =>
            Journal(new StillClock(), log)
                .TryAsync(
                    AskAsync,
                    failed =>
                    {
                        seen.Add((failed.Tries, failed.Lasting));
                        return ValueTask.FromResult(failed.Tries < 3);
                    },
                    CancellationToken.None
                )
        );

        error.Message.ShouldBe("Refused.");
        seen.ShouldBe([(1, TimeSpan.Zero), (2, TimeSpan.Zero), (3, TimeSpan.Zero)]);
    }

    [Fact]
    public async Task The_end_of_the_service_ends_the_wait_and_one_try_is_made_even_then()
    {
        using var log = new LogLines();
        using var stopping = new CancellationTokenSource();
        var patience = Journal(new FakeTimeProvider(), log);
        var waiting = patience.TryAsync(AskAsync, stopping.Token);
        await Eventually.TrueAsync(() => log.Count("The journal does not answer") == 1);

        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        (await patience.TryAsync(() => Task.FromResult("written"), stopping.Token)).ShouldBe("written");
    }

    [Fact]
    public async Task A_fault_of_ours_is_told_with_its_stack_trace_and_a_database_that_is_away_without()
    {
        using var log = new LogLines();
        var faults = new Queue<Exception>([new InvalidOperationException("Ours."), new AwayException()]);

        await Journal(new StillClock(), log)
            .TryAsync(
                () => faults.TryDequeue(out var fault) ? throw fault : Task.FromResult(1),
                CancellationToken.None
            );

        log.Count("(Ours.); trying again. System.InvalidOperationException").ShouldBe(1, log.Text);
        log.Count("(Away.); trying again.").ShouldBe(1, log.Text);
        log.Count(nameof(AwayException)).ShouldBe(0, log.Text);
    }

    private static Patience Journal(TimeProvider time, LogLines log) =>
        new("The journal does not answer", "The journal answers again", time, log);

    private Task<int> AskAsync()
    {
        Interlocked.Increment(ref _asked);
        return Volatile.Read(ref _isAway) ? throw new IOException("Refused.") : Task.FromResult(1);
    }

    private sealed class AwayException() : DbException("Away.");

    /// <summary>On which no time passes, and nobody waits.</summary>
    private sealed class StillClock : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
