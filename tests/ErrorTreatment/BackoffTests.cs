using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Tests;

public sealed class BackoffTests
{
    private static readonly RetryOptions _policy = new()
    {
        Retries = 5,
        Delay = TimeSpan.FromSeconds(2),
        LongestDelay = TimeSpan.FromSeconds(20),
        Factor = 2,
        Jitter = 0.2,
    };

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    [InlineData(3, 16)]
    [InlineData(4, 20)]
    [InlineData(100_000, 20)]
    public void Pauses_grow_up_to_the_longest(int retriesBefore, double seconds) =>
        Backoff.Pause(_policy, retriesBefore, null, chance: 0.5).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(0, 1.6)]
    [InlineData(1, 2.4)]
    public void Chance_takes_or_adds_a_share(double chance, double seconds) =>
        Backoff.Pause(_policy, 0, null, chance).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void It_is_never_sooner_than_the_target_asked_for(double chance) =>
        Backoff.Pause(_policy, 0, TimeSpan.FromSeconds(30), chance).ShouldBe(TimeSpan.FromSeconds(30 + (0.4 * chance)));

    [Fact]
    public void A_target_that_asks_for_less_than_the_pause_does_not_shorten_it() =>
        Backoff.Pause(_policy, 3, TimeSpan.FromSeconds(1), 0.5).ShouldBe(TimeSpan.FromSeconds(16));
}
