using System.Diagnostics;
using System.Globalization;
using Shouldly;

namespace Integration.Fixtures;

/// <summary>
/// Whether the cost of work grows with its size, or faster. Both sizes are measured in turn on the same machine, so that how fast it is,
/// and what else it does, counts for neither.
/// </summary>
public static class Growth
{
    private const int Rounds = 3;
    private const int Attempts = 3;

    // Work of 8 times the size takes 8 times as long when it is linear, and 64 times when it is quadratic; caches and the collector make
    // it more than 8 where the small one fits into them.
    private const int Factor = 8;
    private const int Most = 40;

    // Below this, what is measured is the clock and the collector.
    private static readonly TimeSpan _negligible = TimeSpan.FromMilliseconds(20);

    /// <summary>Fails when the work for 8 times the size takes much more than 8 times as long.</summary>
    /// <param name="what">For the message.</param>
    /// <param name="large">The larger size; so large that what grows faster than it is most of the work.</param>
    /// <param name="prepare">Makes the input; is not measured.</param>
    /// <param name="work">What is measured.</param>
    public static async Task IsLinearAsync<T>(string what, int large, Func<int, T> prepare, Func<T, Task> work)
    {
        var little = prepare(large / Factor);
        var much = prepare(large);
        await work(little);
        var found = "";
        // Others have this machine as well. What is quadratic is so each time.
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (before, after) = await MeasureAsync(() => work(little), () => work(much));
            if (after < _negligible || after / before < Most)
                return;
            found += string.Create(CultureInfo.InvariantCulture, $"{before} for an eighth, {after} for all; ");
        }

        throw new ShouldAssertException($"{what} of {large}: {found}");
    }

    private static async Task<(TimeSpan Before, TimeSpan After)> MeasureAsync(Func<Task> little, Func<Task> much)
    {
        List<TimeSpan> before = [];
        List<TimeSpan> after = [];
        for (var round = 0; round < Rounds; round++)
        {
            before.Add(await TimeAsync(little));
            after.Add(await TimeAsync(much));
            if (after[^1] < _negligible)
                break;
        }

        return (before.Min(), after.Min());
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        GC.Collect();
        // The collector looks at all that is alive, each time that so much has been allocated: small work never meets it.
        var collecting = GC.GetTotalPauseDuration();
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed - (GC.GetTotalPauseDuration() - collecting);
    }
}
