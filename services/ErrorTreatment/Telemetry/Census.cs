using Dapper;
using Integration.Hosting;
using Integration.Storage;

namespace Integration.ErrorTreatment.Telemetry;

/// <summary>Counts failures for the gauge, so that an alert also works for what was parked before the last start.</summary>
internal sealed class Census(IDatabase database, TreatmentMetrics metrics, TimeProvider time) : IRecurringWork
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(15);

    public string Name => "Counting failures";

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var counts = await connection.QueryAsync<(string State, string Category, long Count)>(
            "select state, category, count(*) from failures group by state, category"
        );
        metrics.Counted([.. counts.Select(row => new FailureCount(row.State, row.Category, row.Count))]);
        return time.GetUtcNow() + _interval;
    }
}
