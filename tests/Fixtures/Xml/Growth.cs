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
    private const int Rounds = 5;

    // Work of 16 times the size takes 16 times as long when it is linear, and 256 times when it is quadratic.
    private const int Factor = 16;
    private const int Most = 64;

    // Below this, what is measured is the clock and the collector.
    private static readonly TimeSpan _negligible = TimeSpan.FromMilliseconds(20);

    /// <summary>Fails when the work for 16 times the size takes much more than 16 times as long.</summary>
    /// <param name="what">For the message.</param>
    /// <param name="small">The size to begin with.</param>
    /// <param name="prepare">Makes the input; is not measured.</param>
    /// <param name="work">What is measured.</param>
    public static async Task IsLinearAsync<T>(string what, int small, Func<int, T> prepare, Func<T, Task> work)
    {
        var little = prepare(small);
        var much = prepare(Factor * small);
        await work(little);
        List<TimeSpan> before = [];
        List<TimeSpan> after = [];
        for (var round = 0; round < Rounds; round++)
        {
            before.Add(await TimeAsync(little));
            after.Add(await TimeAsync(much));
            // Nothing to compare: as good as free.
            if (after[^1] < _negligible)
                return;
        }

        var ratio = after.Min() / before.Min();
        ratio.ShouldBeLessThan(
            Most,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {small} in {before.Min()}, {Factor * small} in {after.Min()}"
            )
        );

        async Task<TimeSpan> TimeAsync(T input)
        {
            var watch = Stopwatch.StartNew();
            await work(input);
            return watch.Elapsed;
        }
    }
}
