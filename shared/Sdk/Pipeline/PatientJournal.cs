using Integration.Hosting;
using Integration.Storage;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>The journal as the pipeline uses it: it waits while the database is away, and for other replicas.</summary>
internal sealed class PatientJournal(
    Journal journal,
    IDatabase database,
    ServiceDescription service,
    TimeProvider time,
    Patience patience,
    ILogger<PatientJournal> log
)
{
    // How often a replica looks whether another one has finished.
    private static readonly TimeSpan _lookAgain = TimeSpan.FromSeconds(1);

    /// <summary>What may be done with a task; waits while another replica executes it.</summary>
    public async Task<(JournalVerdict Verdict, JournalEntry? Entry)> AdmitAsync(
        JournalTask task,
        CancellationToken stopping
    )
    {
        while (true)
        {
            var (verdict, entry) = await LookAsync(task, stopping);
            if (verdict != JournalVerdict.Wait)
                return (verdict, entry);
            await Task.Delay(_lookAgain, time, stopping);
        }
    }

    /// <summary>What the journal says of a task at this moment.</summary>
    public async Task<(JournalVerdict Verdict, JournalEntry? Entry)> LookAsync(
        JournalTask task,
        CancellationToken stopping
    )
    {
        var request = task.Request;
        var entry = await PatientlyAsync(
            async () => await journal.FindAsync(TaskIdentity.Of(request), stopping),
            stopping
        );
        var verdict = JournalVerdicts.Of(
            entry,
            entry is null || entry.Fits(task.Fingerprint),
            request.Attempt,
            request.AfterDoubt,
            service.Instance,
            database.Dialect.Shared,
            time.GetUtcNow().ToUnixTimeMilliseconds()
        );
        return (verdict, entry);
    }

    /// <summary>Before a call that must not be repeated.</summary>
    /// <returns>False when another replica wrote first: the call must not begin.</returns>
    public Task<bool> WriteIntentAsync(JournalTask task, DateTimeOffset expires, CancellationToken stopping) =>
        PatientlyAsync(() => journal.WriteIntentAsync(task, expires, stopping), stopping);

    /// <summary>Nothing happened, so the next delivery of the task may execute it. When this fails, the task is in doubt.</summary>
    public async Task WithdrawIntentAsync(JournalTask task)
    {
        try
        {
            await journal.WithdrawIntentAsync(task, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogWarning(
                "The intent of task {TaskId} could not be withdrawn: {Reason}",
                task.Request.TaskId,
                e.Message
            );
        }
    }

    /// <returns>False when another replica was faster: its outcome is kept.</returns>
    public Task<bool> WriteOutcomeAsync(
        JournalTask task,
        JournalState state,
        ReadOnlyMemory<byte> outcome,
        CancellationToken stopping
    ) =>
        PatientlyAsync(
            // Also when the service is just being stopped: an outcome that is known is worth more than a doubt.
            () => journal.WriteOutcomeAsync(task, state, outcome, CancellationToken.None),
            stopping
        );

    public Task<T> PatientlyAsync<T>(Func<Task<T>> ask, CancellationToken stopping) => patience.TryAsync(ask, stopping);
}
