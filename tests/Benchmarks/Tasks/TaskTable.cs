namespace Integration.Benchmarks.Tasks;

/// <summary>The result as a Markdown table, ready for docs/explanation/performance.md.</summary>
internal static class TaskTable
{
    public static void Write(TextWriter output, IReadOnlyList<Row> rows)
    {
        var raw = rows.Single(row => row.Name == Contender.Raw);
        var bare = rows.SingleOrDefault(row => row.Name == Contender.Bare);
        output.WriteLine();
        output.WriteLine(
            "| contender | tasks/s | to raw | to bare MassTransit | p50 one at a time | over raw | p99 | processor/task | memory |"
        );
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var row in rows)
        {
            output.WriteLine(
                $"| {row.Name} | {row.PerSecond:F0} | {row.PerSecond / raw.PerSecond:F2} | "
                    + $"{(bare is null ? "" : $"{row.PerSecond / bare.PerSecond:F2}")} | "
                    + $"{row.P50.TotalMilliseconds:F2} ms | {(row.P50 - raw.P50).TotalMilliseconds:+0.00;-0.00;0.00} ms | "
                    + $"{row.P99.TotalMilliseconds:F2} ms | {row.Processor.TotalMilliseconds:F3} ms | {row.Megabytes:F0} MB |"
            );
        }
    }
}
