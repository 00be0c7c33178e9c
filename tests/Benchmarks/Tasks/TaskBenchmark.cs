using Integration.Fixtures;

namespace Integration.Benchmarks.Tasks;

/// <summary>Task → service → result: every contender on one broker, in turn, several rounds.</summary>
internal static class TaskBenchmark
{
    public static async Task<IReadOnlyList<Row>> RunAsync(Settings settings, Uri broker, string postgreSql)
    {
        using var folder = new TemporaryFolder("benchmark");
        var contenders = Contender
            .All(broker, folder.Path, postgreSql)
            .Where(contender =>
                settings.Only is null
                || contender.Name == Contender.Raw
                || contender.Name.Contains(settings.Only, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        var samples = contenders.ToDictionary(contender => contender.Name, _ => new List<Sample>());
        await using var driver = await TaskDriver.StartAsync(broker);

        // In turn, so that a machine that grows slower or faster does so for all of them.
        for (var round = 1; round <= settings.Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var sample = await MeasureAsync(settings, driver, contender);
                samples[contender.Name].Add(sample);
                Console.WriteLine(
                    $"  round {round}/{settings.Rounds}  {contender.Name, -28} {sample.PerSecond, 7:F0} tasks/s   one at a time {sample.P50.TotalMilliseconds:F2} ms"
                );
            }
        }

        return [.. contenders.Select(contender => Row.Of(contender.Name, samples[contender.Name]))];
    }

    private static async Task<Sample> MeasureAsync(Settings settings, TaskDriver driver, Contender contender)
    {
        await using var child = await Child.StartAsync(contender.Arguments);
        await driver.RunAsync(contender.Operation, settings.WarmUp, settings.Window);
        var (_, single) = await driver.RunAsync(contender.Operation, settings.Singles, window: 1);
        var before = child.ProcessorTime;
        var (elapsed, _) = await driver.RunAsync(contender.Operation, settings.Tasks, settings.Window);
        var processor = child.ProcessorTime - before;
        Array.Sort(single);
        return new Sample(
            settings.Tasks / elapsed.TotalSeconds,
            single[single.Length / 2],
            single[(int)(single.Length * 0.99)],
            processor / settings.Tasks,
            child.MemoryMegabytes
        );
    }
}

/// <summary>One contender in one round.</summary>
internal sealed record Sample(double PerSecond, TimeSpan P50, TimeSpan P99, TimeSpan Processor, double Megabytes);

/// <summary>One contender over all rounds: medians.</summary>
internal sealed record Row(
    string Name,
    double PerSecond,
    TimeSpan P50,
    TimeSpan P99,
    TimeSpan Processor,
    double Megabytes
)
{
    public static Row Of(string name, IReadOnlyList<Sample> samples) =>
        new(
            name,
            Median(samples.Select(sample => sample.PerSecond)),
            TimeSpan.FromMilliseconds(Median(samples.Select(sample => sample.P50.TotalMilliseconds))),
            TimeSpan.FromMilliseconds(Median(samples.Select(sample => sample.P99.TotalMilliseconds))),
            TimeSpan.FromMilliseconds(Median(samples.Select(sample => sample.Processor.TotalMilliseconds))),
            Median(samples.Select(sample => sample.Megabytes))
        );

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1
            ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
