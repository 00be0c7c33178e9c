using Integration.Fixtures;
using Integration.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Sdk.Tests.Hosting;

/// <summary>Work that repeats while a service runs.</summary>
public sealed class RecurringTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LogLines _log = new();
    private readonly ILoggerFactory _loggers;

    public RecurringTests() => _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));

    public void Dispose()
    {
        _loggers.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task The_first_round_is_at_once_and_further_ones_when_the_work_says()
    {
        var work = new Work(_clock);
        using var recurring = Start(work);

        await Eventually.TrueAsync(() => work.Rounds == 1);
        _clock.Advance(TimeSpan.FromSeconds(59));
        work.Rounds.ShouldBe(1);
        await UntilAsync(work, 2, TimeSpan.FromSeconds(60));

        await recurring.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_first_round_can_be_later()
    {
        var work = new Work(_clock) { FirstAfter = TimeSpan.FromHours(1) };
        using var recurring = Start(work);

        _clock.Advance(TimeSpan.FromMinutes(59));
        work.Rounds.ShouldBe(0);
        await UntilAsync(work, 1, TimeSpan.FromHours(1));

        await recurring.StopAsync(CancellationToken.None);
        work.Rounds.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task An_alarm_that_rings_during_a_round_is_followed_by_another_one_and_never_overlaps_with_it()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new Work(_clock)
        {
            Alarm = new Alarm(_clock),
            OnRound = async _ =>
            {
                begun.TrySetResult();
                await goOn.Task;
            },
        };
        using var recurring = Start(work);
        await begun.Task.WaitAsync(Eventually.Patience);

        for (var i = 0; i < 10; i++)
            work.Alarm.Ring();
        goOn.SetResult();

        await Eventually.TrueAsync(() => work.Rounds == 2);
        await recurring.StopAsync(CancellationToken.None);
        work.MostAtOnce.ShouldBe(1);
        work.Rounds.ShouldBe(2);
    }

    [Fact]
    public async Task A_round_that_fails_is_told_once_tried_until_it_works_and_that_is_told_too()
    {
        var fails = true;
        var work = new Work(_clock)
        {
            OnRound = _ => Volatile.Read(ref fails) ? throw new IOException("No room.") : Task.CompletedTask,
        };
        using var recurring = Start(work);
        await UntilAsync(work, 5, TimeSpan.FromSeconds(5));
        _log.Count("Sweeping does not work (No room.)").ShouldBe(1, _log.Text);
        _log.Count("Sweeping works again").ShouldBe(0, _log.Text);

        Volatile.Write(ref fails, false);
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return _log.Count("Sweeping works again, after") == 1;
        });

        await recurring.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stopping_ends_the_round_that_is_under_way_and_says_nothing_of_it()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new Work(_clock)
        {
            OnRound = async ending =>
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, ending);
            },
        };
        using var recurring = Start(work);
        await begun.Task.WaitAsync(Eventually.Patience);

        await recurring.StopAsync(CancellationToken.None).WaitAsync(Eventually.Patience);

        work.Rounds.ShouldBe(1);
        _log.Count("does not work").ShouldBe(0, _log.Text);
    }

    [Fact]
    public async Task Stopping_while_a_round_is_tried_again_does_not_wait_for_it_to_work()
    {
        var work = new Work(_clock) { OnRound = _ => throw new IOException("No room.") };
        using var recurring = Start(work);
        await Eventually.TrueAsync(() => _log.Count("Sweeping does not work") == 1);

        await recurring.StopAsync(CancellationToken.None).WaitAsync(Eventually.Patience);

        _log.Count("works again").ShouldBe(0, _log.Text);
    }

    private Recurring<Work> Start(Work work)
    {
        var recurring = new Recurring<Work>(work, _clock, _loggers.CreateLogger<Work>());
        recurring.StartAsync(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        return recurring;
    }

    private Task UntilAsync(Work work, int rounds, TimeSpan step) =>
        Eventually.TrueAsync(() =>
        {
            if (work.Rounds < rounds)
                _clock.Advance(step);
            return work.Rounds >= rounds;
        });

    private sealed class Work(TimeProvider time) : IRecurringWork
    {
        private int _rounds;
        private int _now;

        public string Name => "Sweeping";

        public Alarm? Alarm { get; init; }

        public TimeSpan FirstAfter { get; init; }

        public Func<CancellationToken, Task> OnRound { get; init; } = _ => Task.CompletedTask;

        public int Rounds => Volatile.Read(ref _rounds);

        public int MostAtOnce { get; private set; }

        public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
        {
            var next = time.GetUtcNow() + TimeSpan.FromMinutes(1);
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            Interlocked.Increment(ref _rounds);
            try
            {
                await OnRound(cancellation);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }

            return next;
        }
    }
}
