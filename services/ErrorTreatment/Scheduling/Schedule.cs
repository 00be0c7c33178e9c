using Dapper;
using Integration.ErrorTreatment.Storing;
using Integration.Hosting;
using Integration.Storage;

namespace Integration.ErrorTreatment.Scheduling;

/// <summary>Acts when the moment of a failure has come. Sleeps until the next one; the database is the only memory.</summary>
internal sealed class Schedule(Ledger ledger, IDatabase database, Alarms alarms, TimeProvider time) : IRecurringWork
{
    private const int Batch = 500;

    // Another replica may have died with retries that only it would have woken up for; and clocks may be set.
    private static readonly TimeSpan _longestSleep = TimeSpan.FromMinutes(1);

    public string Name => "Looking for what is due";

    public Alarm Alarm => alarms.Schedule;

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        while (await ledger.SubmitDueAsync(Batch, cancellation) == Batch) { }

        var latest = time.GetUtcNow() + _longestSleep;
        await using var connection = await database.OpenAsync(cancellation);
        var next = Moment.From(
            await connection.ExecuteScalarAsync<long?>("select min(next_at) from failures where next_at is not null")
        );
        return next < latest ? next.Value : latest;
    }
}
