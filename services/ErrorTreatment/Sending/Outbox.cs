using Integration.Bus;
using Integration.ErrorTreatment.Scheduling;
using Integration.ErrorTreatment.Storing;
using Integration.Storage;

namespace Integration.ErrorTreatment.Sending;

/// <summary>
/// Publishes what was committed: after the commit, at start, and again when the broker did not confirm. Between publish
/// and removal a crash repeats the same message with the same id and attempt, which its receiver answers from the
/// journal.
/// </summary>
internal sealed class Outbox(
    OutboxTable table,
    IBus bus,
    IDatabase database,
    Alarms alarms,
    TimeProvider time,
    ILogger<Outbox> log
) : IRecurringWork
{
    private const int Batch = 500;
    private bool _begun;

    public string Name => "Publishing";

    public Alarm Alarm => alarms.Outbox;

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        // One process has this database to itself: leases from before it started are nobody's.
        if (!_begun && !database.Dialect.Shared)
            await table.ReturnAllAsync(cancellation);
        _begun = true;
        while (true)
        {
            var rows = await table.TakeAsync(Batch, cancellation);
            if (rows.Count == 0)
                return time.GetUtcNow() + OutboxTable.Lease;
            await PublishAsync(rows, cancellation);
        }
    }

    private async Task PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellation)
    {
        // Given up before the lease ends, so that no other replica publishes the same at the same time.
        using var patience = new CancellationTokenSource(OutboxTable.Lease * 0.8, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var errors = await Task.WhenAll(rows.Select(row => TryPublishAsync(row, ended.Token)));
        List<OutboxRow> published = [.. rows.Where((_, i) => errors[i] is null)];
        if (published.Count > 0)
            await table.RemoveAsync(published, CancellationToken.None);
        if (published.Count < rows.Count)
        {
            await table.ReturnAsync([.. rows.Where((_, i) => errors[i] is not null)]);
            cancellation.ThrowIfCancellationRequested();
            throw new IOException(
                $"{rows.Count - published.Count} messages are not confirmed by the broker.",
                errors.First(error => error is not null)
            );
        }

        alarms.Schedule.Set(time.GetUtcNow());
    }

    private async Task<Exception?> TryPublishAsync(OutboxRow row, CancellationToken cancellation)
    {
        try
        {
            await bus.PublishAsync(row.ToMessage(), cancellation);
            return null;
        }
        catch (ArgumentException e)
        {
            // No broker would ever take it; kept, it would hold up everything behind it.
            log.LogError(
                e,
                "A message about failure {FailureId} cannot be published: {Reason}",
                row.FailureId,
                e.Message
            );
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
