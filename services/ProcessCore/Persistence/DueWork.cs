using System.Data.Common;
using Dapper;
using Integration.Bus;
using Integration.Hosting;
using Integration.ProcessCore.Engine;
using Integration.Storage;

namespace Integration.ProcessCore.Persistence;

/// <summary>Instances with a timer that is due or a deadline that is over. Each replica takes those that no other one has.</summary>
internal sealed class DueWork(
    InstanceWriter writer,
    IDatabase database,
    CoreOptions options,
    TimeProvider time,
    ILogger<DueWork> log
) : IRecurringWork
{
    private const int Most = 128;

    private const string Due = "select id from instances where next_due <= @now order by next_due limit 128";

    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    private readonly Outage _outage = new(time);

    private readonly string _select = $"{Due} {database.Dialect.SkipLocked}";

    public string Name => "Looking for what is due";

    public async Task<DateTimeOffset> RoundAsync(CancellationToken cancellation)
    {
        while (await DoAsync(cancellation))
            cancellation.ThrowIfCancellationRequested();
        return time.GetUtcNow() + options.PollInterval;
    }

    /// <summary>Does what is due.</summary>
    /// <returns>Whether there may be more.</returns>
    private async Task<bool> DoAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        // A look without a lock: mostly nothing is due, and then nothing needs to be written.
        await using (var connection = await database.OpenAsync(cancellation))
        {
            const string Any = "select 1 from instances where next_due <= @now limit 1";
            if (await connection.ExecuteScalarAsync<int?>(Any, new { now }) is null)
                return false;
        }

        try
        {
            var outcomes = await writer.DoAsync(
                (transaction, instances) => PassTimeAsync(transaction, instances, now),
                cancellation
            );
            _outage.End();
            return outcomes.Count == Most;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (_outage.ShouldLog(e.Message))
                log.LogWarning(e, "Due instances could not be treated together; each is tried alone.");
            return await DoEachAsync(now, cancellation);
        }
    }

    /// <summary>One instance that cannot be treated must not keep the timers of all others from firing.</summary>
    private async Task<bool> DoEachAsync(long now, CancellationToken cancellation)
    {
        List<string> due;
        await using (var connection = await database.OpenAsync(cancellation))
            due = [.. await connection.QueryAsync<string>(Due, new { now })];
        foreach (var id in due)
        {
            try
            {
                await writer.DoAsync(new InstanceWork(id, new PassTime(), default), cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(
                    e,
                    "What is due in the instance {Instance} cannot be done; tried again in {Pause}.",
                    id,
                    _pause
                );
                await PutOffAsync(id, now, cancellation);
            }
        }

        return due.Count == Most;
    }

    private Task PutOffAsync(string id, long now, CancellationToken cancellation) =>
        database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync(
                    "update instances set next_due = @later where id = @id and next_due <= @now",
                    new
                    {
                        id,
                        now,
                        later = now + (long)_pause.TotalMilliseconds,
                    },
                    transaction
                ),
            cancellation
        );

    private async Task<IReadOnlyList<WorkResult>> PassTimeAsync(
        DbTransaction transaction,
        InstanceTransaction instances,
        long now
    )
    {
        var due = (await transaction.Connection!.QueryAsync<string>(_select, new { now }, transaction)).ToList();
        await instances.LoadAsync(due);
        return [.. due.Select(id => instances.Apply(new InstanceWork(id, new PassTime(), default)))];
    }
}
