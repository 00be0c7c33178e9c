using Dapper;
using Integration.ErrorTreatment.Scheduling;
using Integration.Hosting;
using Integration.Storage;

namespace Integration.ErrorTreatment.Telemetry;

/// <summary>Counts failures for the gauge, so that an alert also works for what was parked before the last start.</summary>
internal sealed class Census(IDatabase database, TreatmentMetrics metrics, TimeProvider time, ILogger<Census> log)
    : IServiceComponent
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(15);
    private Rounds? _rounds;

    public Task StartAsync(CancellationToken cancellation)
    {
        _rounds = new Rounds("Counting failures", RoundAsync, new Alarm(time), time, log);
        _rounds.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellation) => _rounds?.StopAsync() ?? Task.CompletedTask;

    private async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var counts = await connection.QueryAsync<(string State, string Category, long Count)>(
            "select state, category, count(*) from failures group by state, category"
        );
        metrics.Counted([.. counts.Select(row => new FailureCount(row.State, row.Category, row.Count))]);
        return time.GetUtcNow() + _interval;
    }
}
