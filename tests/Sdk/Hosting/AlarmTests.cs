using Integration.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Sdk.Tests.Hosting;

public sealed class AlarmTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task It_sleeps_until_the_moment_and_no_longer()
    {
        var alarm = new Alarm(_clock);
        var sleep = alarm.WaitAsync(_clock.GetUtcNow().AddMinutes(1), TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(59));
        sleep.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await sleep.WaitAsync(_patience);
    }

    [Fact]
    public async Task An_earlier_moment_ends_the_sleep_earlier()
    {
        var alarm = new Alarm(_clock);
        var sleep = alarm.WaitAsync(_clock.GetUtcNow().AddMinutes(1), TestContext.Current.CancellationToken);

        alarm.Set(_clock.GetUtcNow());

        await sleep.WaitAsync(_patience);
    }

    [Fact]
    public async Task What_is_set_while_nobody_sleeps_is_not_missed()
    {
        var alarm = new Alarm(_clock);
        alarm.Reset();
        alarm.Ring();

        await alarm
            .WaitAsync(_clock.GetUtcNow().AddMinutes(1), TestContext.Current.CancellationToken)
            .WaitAsync(_patience);
    }

    [Fact]
    public async Task A_sleep_without_an_end_is_one_until_the_alarm_rings()
    {
        var alarm = new Alarm(_clock);
        var sleep = alarm.WaitAsync(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromDays(100));
        sleep.IsCompleted.ShouldBeFalse();
        alarm.Ring();

        await sleep.WaitAsync(_patience);
    }

    [Fact]
    public async Task Shutting_down_ends_the_sleep()
    {
        using var ending = new CancellationTokenSource();
        var sleep = new Alarm(_clock).WaitAsync(_clock.GetUtcNow().AddMinutes(1), ending.Token);

        await ending.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sleep.WaitAsync(_patience));
    }
}
