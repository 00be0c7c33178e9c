using System.Data.Common;
using Dapper;
using Integration.Bus;
using Integration.ErrorTreatment.Scheduling;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Treating;
using Integration.Hosting;
using Integration.Storage;

namespace Integration.ErrorTreatment.Sending;

/// <summary>
/// Publishes what was committed: after the commit, at start, and again when the broker did not confirm. A repetition has the same id and
/// attempt, which its receiver answers from the journal.
/// </summary>
internal sealed class Publishing : IRecurringWork, IDisposable
{
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(30);

    private readonly Outbox<OutboxRow, long> _outbox;
    private readonly IBus _bus;
    private readonly IDatabase _database;
    private readonly Alarms _alarms;
    private readonly TreatmentOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Publishing> _log;
    private bool _begun;

    public Publishing(
        IBus bus,
        IDatabase database,
        Alarms alarms,
        TreatmentOptions options,
        TimeProvider time,
        ILogger<Publishing> log
    )
    {
        _bus = bus;
        _database = database;
        _alarms = alarms;
        _options = options;
        _time = time;
        _log = log;
        _outbox = new Outbox<OutboxRow, long>(OutboxRow.Table, database, PublishAsync, _lease, time, log)
        {
            Removing = AwaitReturnsAsync,
        };
    }

    public string Name => "Publishing";

    public Alarm Alarm => _alarms.Outbox;

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        if (!_begun)
            await _outbox.TakeOverAsync(cancellation);
        _begun = true;
        if (await _outbox.PublishWaitingAsync(cancellation) > 0)
            _alarms.Schedule.Set(_time.GetUtcNow());
        return _time.GetUtcNow() + _lease;
    }

    public void Dispose() => _outbox.Dispose();

    private async Task PublishAsync(OutboxRow row, CancellationToken cancellation)
    {
        try
        {
            await _bus.PublishAsync(row.ToMessage(), cancellation);
        }
        catch (ArgumentException e)
        {
            // No broker would ever take it; kept, it would hold up everything behind it.
            _log.LogError(
                e,
                "A message about failure {FailureId} cannot be published: {Reason}",
                row.FailureId,
                e.Message
            );
        }
    }

    /// <summary>For a message that gets no answer, the wait whether it comes back begins when the broker has it.</summary>
    private Task AwaitReturnsAsync(DbTransaction transaction, IReadOnlyList<OutboxRow> confirmed) =>
        transaction.Connection!.ExecuteAsync(
            $"""
            update failures set next_at = @next
            where {_database.Dialect.In(
                "id",
                "@failures"
            )} and kind = 'message' and state = 'sent' and next_at is null
            """,
            new
            {
                next = (_time.GetUtcNow() + _options.ReturnWithin).ToUnixTimeMilliseconds(),
                failures = confirmed.Select(row => row.FailureId).Distinct(StringComparer.Ordinal).ToArray(),
            },
            transaction
        );
}
