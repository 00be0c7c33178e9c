using Dapper;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Treating;
using Integration.Hosting;
using Integration.Storage;

namespace Integration.ErrorTreatment.Scheduling;

/// <summary>Forgets what has been closed for long.</summary>
internal sealed class Retention(IDatabase database, TreatmentOptions options, TimeProvider time) : IRecurringWork
{
    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    // Long enough for an error that was overtaken by its cancellation.
    private static readonly TimeSpan _keepWithdrawals = TimeSpan.FromDays(1);

    private static readonly string[] _closed =
    [
        .. FailureStates.Visible.Where(state => state.IsClosed()).Select(state => state.Name()),
    ];

    public string Name => "Forgetting closed failures";

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                await connection.ExecuteAsync(
                    $"delete from failures where {database.Dialect.In("state", "@closed")} and updated_at < @before",
                    new { closed = _closed, before = (now - options.KeepClosed).ToUnixTimeMilliseconds() },
                    transaction
                );
                var before = (now - _keepWithdrawals).ToUnixTimeMilliseconds();
                await connection.ExecuteAsync(
                    "delete from engine_withdrawals where at < @before",
                    new { before },
                    transaction
                );
                return await connection.ExecuteAsync(
                    "delete from withdrawals where at < @before",
                    new { before },
                    transaction
                );
            },
            cancellation
        );
        return now + _interval;
    }
}
