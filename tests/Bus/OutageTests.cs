using Integration.Testing;

namespace Integration.Bus.Tests;

/// <summary>What is told of something that is away for long, and asked for every few seconds.</summary>
public sealed class OutageTests
{
    [Fact]
    public void An_outage_is_told_once_then_rarely_and_its_end_with_its_length()
    {
        var clock = new TestClock();
        var outage = new Outage(clock);
        outage.End().ShouldBeNull();

        var told = 0;
        for (var second = 0; second < 3600; second += 5)
        {
            // Two reasons that take turns are no news either.
            told += outage.IsToBeTold(second % 2 == 0 ? "refused" : "no route") ? 1 : 0;
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        told.ShouldBeInRange(2, 12);
        outage.End().ShouldBe(TimeSpan.FromHours(1));
        outage.End().ShouldBeNull();
        outage.IsToBeTold("refused").ShouldBeTrue();
    }
}
