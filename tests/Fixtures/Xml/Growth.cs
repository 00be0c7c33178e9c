using System.Globalization;
using Shouldly;

namespace Integration.Fixtures;

/// <summary>
/// Whether the cost of work grows with its size, or faster. What counts is processor time, which waits for nobody, and the ratio of two
/// sizes: how fast the machine is, and what else it does, counts for neither.
/// </summary>
public static class Growth
{
    private const int Rounds = 10;

    // Work of so many times the size takes so many times as long when it is linear, and 256 times when it is quadratic. In between
    // lies what caches add to larger work: up to three times for one element with 32,000 attributes.
    private const int Factor = 16;
    private const double Most = 64;

    // Below this, what is measured is the clock: it is cheap, whatever it grows with.
    private static readonly TimeSpan _negligible = TimeSpan.FromMilliseconds(20);

    /// <summary>Fails when the work for sixteen times the size takes much more than sixteen times as long.</summary>
    /// <param name="what">For the message.</param>
    /// <param name="large">The larger size; so large that what grows faster than it is most of the work.</param>
    /// <param name="prepare">Makes the input; is not measured.</param>
    /// <param name="work">What is measured.</param>
    public static async Task IsLinearAsync<T>(string what, int large, Func<int, T> prepare, Func<T, Task> work)
    {
        var much = prepare(large);
        // What is cheap at once needs no comparison, nor the collections that make one fair: most work of most tests.
        if (await UsedAsync(() => work(much), times: 1) < _negligible)
            return;
        var little = prepare(large / Factor);
        var before = TimeSpan.MaxValue;
        var after = TimeSpan.MaxValue;
        // The least of several is what the work itself takes. What is quadratic is so in every round.
        for (var round = 0; round < Rounds; round++)
        {
            // As often as it takes to see something of it.
            before = Least(before, await TimeAsync(() => work(little), Factor) / Factor);
            after = Least(after, await TimeAsync(() => work(much), times: 1));
            if (after < _negligible || after / before < Most)
                return;
        }

        throw new ShouldAssertException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what} of {large}: {before.TotalMilliseconds} ms for a sixteenth, {after.TotalMilliseconds} ms for all."
            )
        );
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work, int times)
    {
        GC.Collect();
        return await UsedAsync(work, times);
    }

    private static async Task<TimeSpan> UsedAsync(Func<Task> work, int times)
    {
        // The collector looks at all that is alive, each time that so much has been allocated: small work never meets it.
        var collecting = GC.GetTotalPauseDuration();
        var used = Environment.CpuUsage.TotalTime;
        for (var time = 0; time < times; time++)
            await work();
        return Environment.CpuUsage.TotalTime - used - (GC.GetTotalPauseDuration() - collecting);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
