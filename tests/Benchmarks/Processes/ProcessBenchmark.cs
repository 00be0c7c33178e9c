using Integration.Benchmarks.Tasks;
using Integration.Fixtures;

namespace Integration.Benchmarks.Processes;

/// <summary>
/// Whole process instances with four service tasks, one after the other. The baseline is what the broker allows at all:
/// a loop that sends four raw tasks in turn and keeps nothing.
/// </summary>
internal static class ProcessBenchmark
{
    private const int Steps = 4;

    public static async Task RunAsync(Settings settings, Uri broker, string corePostgreSql, string servicePostgreSql)
    {
        using var folder = new TemporaryFolder("benchmark");
        var rows = new List<ProcessRow> { await RawAsync(settings, broker) };
        Console.WriteLine($"  {rows[^1].Name, -34} {rows[^1].PerSecond, 7:F0} instances/s");
        foreach (var (name, core, service) in Databases(folder.Path, corePostgreSql, servicePostgreSql))
        {
            rows.Add(await CoreAsync(settings, broker, name, core, service));
            Console.WriteLine($"  {rows[^1].Name, -34} {rows[^1].PerSecond, 7:F0} instances/s");
        }

        ProcessRow.Write(Console.Out, rows);
    }

    private static IEnumerable<(string Name, string[] Core, string[] Service)> Databases(
        string folder,
        string corePostgreSql,
        string servicePostgreSql
    )
    {
        yield return (
            "process core, SQLite",
            [$"--Storage:ConnectionString=Data Source={folder}/core.db"],
            [$"--Storage:ConnectionString=Data Source={folder}/service.db"]
        );
        yield return (
            "process core, PostgreSQL",
            ["--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={corePostgreSql}"],
            ["--Storage:Provider=PostgreSql", $"--Storage:ConnectionString={servicePostgreSql}"]
        );
    }

    private static async Task<ProcessRow> RawAsync(Settings settings, Uri broker)
    {
        await using var child = await Child.StartAsync("raw", broker.ToString());
        await using var driver = await TaskDriver.StartAsync(broker);
        await driver.RunAsync(RawService.Operation, settings.WarmUp, settings.Window);
        var (_, single) = await driver.RunAsync(RawService.Operation, settings.Singles, window: 1, Steps);
        var (elapsed, _) = await driver.RunAsync(RawService.Operation, settings.Instances, settings.Window, Steps);
        return ProcessRow.Of("four raw tasks in a loop", settings.Instances, elapsed, single, TimeSpan.Zero, 0);
    }

    private static async Task<ProcessRow> CoreAsync(
        Settings settings,
        Uri broker,
        string name,
        string[] coreSettings,
        string[] serviceSettings
    )
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var core = await Child.StartAsync([
            "core",
            $"--urls={url}",
            $"--Bus:Uri={broker}",
            .. coreSettings,
        ]);
        await using var service = await Child.StartAsync(["sdk", $"--Bus:Uri={broker}", .. serviceSettings]);
        await using var driver = await ProcessDriver.StartAsync(broker, url);
        await driver.RunAsync(settings.WarmUp / Steps, settings.Window);
        var (_, single) = await driver.RunAsync(settings.Singles / Steps, window: 1);
        var before = core.ProcessorTime;
        var (elapsed, _) = await driver.RunAsync(settings.Instances, settings.Window);
        var processor = (core.ProcessorTime - before) / settings.Instances;
        return ProcessRow.Of(name, settings.Instances, elapsed, single, processor, core.MemoryMegabytes);
    }
}

/// <summary>One way to run instances.</summary>
internal sealed record ProcessRow(
    string Name,
    double PerSecond,
    TimeSpan P50,
    TimeSpan P99,
    TimeSpan Processor,
    double Megabytes
)
{
    public static ProcessRow Of(
        string name,
        int instances,
        TimeSpan elapsed,
        TimeSpan[] single,
        TimeSpan processor,
        double megabytes
    )
    {
        Array.Sort(single);
        return new ProcessRow(
            name,
            instances / elapsed.TotalSeconds,
            single[single.Length / 2],
            single[(int)(single.Length * 0.99)],
            processor,
            megabytes
        );
    }

    public static void Write(TextWriter output, IReadOnlyList<ProcessRow> rows)
    {
        output.WriteLine();
        output.WriteLine(
            "| four service tasks each | instances/s | tasks/s | to raw | p50 one at a time | p99 | core: processor/instance | core: memory |"
        );
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var row in rows)
        {
            output.WriteLine(
                $"| {row.Name} | {row.PerSecond:F0} | {row.PerSecond * 4:F0} | {row.PerSecond / rows[0].PerSecond:F2} | "
                    + $"{row.P50.TotalMilliseconds:F2} ms | {row.P99.TotalMilliseconds:F2} ms | "
                    + (row.Megabytes > 0 ? $"{row.Processor.TotalMilliseconds:F3} ms | {row.Megabytes:F0} MB |" : "| |")
            );
        }
    }
}
