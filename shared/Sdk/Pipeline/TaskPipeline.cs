using System.Diagnostics;
using Integration.Bus;
using Integration.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>
/// From a delivery to its settlement: receive → parse → deduplicate (journal) → validate → deadline and cancellation →
/// execute → journal the outcome → publish it, confirmed → acknowledge. Knows no transport and no operation.
/// </summary>
internal sealed class TaskPipeline(
    OperationCatalog operations,
    PatientJournal journal,
    IdempotencyKeys keys,
    RunningTasks running,
    TaskExecutor executor,
    OutcomeEvents events,
    ErrorOutcomes errors,
    OutcomeMask mask,
    IBus bus,
    Asking asking,
    TrustTable trust,
    IOptions<PipelineOptions> options,
    ILogger<TaskPipeline> log,
    IPipelineProbe? probe = null
)
{
    private readonly PipelineOptions _options = options.Value;

    public async Task<Settlement> HandleAsync(Delivery delivery, CancellationToken stopping)
    {
        if (
            !delivery.TryRead(
                ContractJson.Default.TaskRequested,
                _options.BodyLimit + Limits.Retry,
                out var request,
                out var unreadable
            )
        )
        {
            log.LogWarning(
                "A message on {RoutingKey} is unreadable: {Reason}",
                delivery.RoutingKey,
                unreadable.Message
            );
            await bus.PublishAsync(events.Unreadable(delivery, unreadable), stopping);
            return Settlement.Acknowledge;
        }

        if (trust.Request(delivery, request.Operation, request.ReplyTo) is { } distrusted)
        {
            log.LogWarning("A task on {RoutingKey} is not trusted: {Reason}", delivery.RoutingKey, distrusted.Message);
            await bus.PublishAsync(events.Unreadable(delivery, distrusted), stopping);
            return Settlement.Acknowledge;
        }

        // The same task twice in one process (redelivered after a lost connection, or retried while it still runs):
        // the second waits for the first, and then finds its outcome in the journal.
        var task = TaskIdentity.Of(request);
        TaskExecution execution;
        while (!running.TryBegin(task, out execution))
            await execution.Ended.WaitAsync(stopping);
        try
        {
            await HandleAsync(delivery, request, execution, stopping);
            return Settlement.Acknowledge;
        }
        finally
        {
            running.End(task, execution);
        }
    }

    /// <summary>Runs a task that waits, because of an answer; does nothing when it has ended.</summary>
    public Task ResumeAsync(TaskIdentity task, CancellationToken stopping) =>
        ResumeAsync(task, withdrawnBecause: null, stopping);

    /// <summary>Ends a task that waits, and withdraws what it waits for.</summary>
    public Task WithdrawAsync(TaskIdentity task, string reason, CancellationToken stopping) =>
        ResumeAsync(task, reason, stopping);

    private async Task ResumeAsync(TaskIdentity task, string? withdrawnBecause, CancellationToken stopping)
    {
        TaskExecution execution;
        while (!running.TryBegin(task, out execution))
            await execution.Ended.WaitAsync(stopping);
        try
        {
            if (await asking.WaitingAsync(task, stopping) is not { } request)
                return;
            if (withdrawnBecause is not null)
                execution.Cancel(withdrawnBecause);
            await HandleAsync(asking.DeliveryOf(request), request, execution, stopping, resumed: true);
            if (withdrawnBecause is not null)
                await asking.EndAsync(request, stopping);
        }
        finally
        {
            running.End(task, execution);
        }
    }

    private async Task HandleAsync(
        Delivery delivery,
        TaskRequested request,
        TaskExecution execution,
        CancellationToken stopping,
        bool resumed = false
    )
    {
        var started = Stopwatch.GetTimestamp();
        TaskTelemetry.Describe(Activity.Current, request);
        await ReachedAsync(PipelineStep.Received, request, stopping);

        var task = new JournalTask(request, Fingerprint.Of(request));
        var (verdict, entry) = await journal.AdmitAsync(task, stopping);
        // The journal does not know of tasks that wait.
        var held =
            operations.AnyAsks && verdict == JournalVerdict.Execute ? await asking.FindAsync(request, stopping) : null;
        Outcome? ended;
        if (verdict == JournalVerdict.Replay)
            ended = new Outcome(entry!.State, events.Replay(entry, request));
        else if (verdict == JournalVerdict.IdInUse)
            ended = Refused(
                delivery,
                request,
                resumed ? PipelineErrors.Overtaken(request) : PipelineErrors.InUse(request, entry!.Attempt)
            );
        else if (held?.Fits(task, failedBefore: entry is not null) == false)
            ended = Refused(delivery, request, PipelineErrors.InUse(request, held.Waiting.Request.Attempt));
        else if (held?.IsLaterThan(request) == true)
            ended = null;
        else
            ended = await RunAsync(delivery, task, (verdict, entry), held, execution, resumed, stopping);

        // A later attempt will be answered, or the task waits for another service.
        if (ended is not { } outcome)
            return;
        await ReachedAsync(PipelineStep.Recorded, request, stopping);
        await bus.PublishAsync(outcome.Message, stopping);
        await ReachedAsync(PipelineStep.Published, request, stopping);
        var mayHaveAsked = resumed || held is not null || operations.Asks(request.Operation);
        if (outcome.State >= JournalState.Completed ? mayHaveAsked : resumed && verdict == JournalVerdict.IdInUse)
            await asking.EndAsync(request, stopping);
        TaskTelemetry.Finished(request, outcome.Message.Properties.Type!, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Executes what the journal admits, and records the outcome; null when the task waits.</summary>
    private async Task<Outcome?> RunAsync(
        Delivery delivery,
        JournalTask task,
        (JournalVerdict Verdict, JournalEntry? Entry) admitted,
        HeldTask? held,
        TaskExecution execution,
        bool resumed,
        CancellationToken stopping
    )
    {
        var request = task.Request;
        var plainKey = await PlainKeyAsync(delivery, request, admitted.Entry, stopping);
        task = task with { PlainKey = plainKey, Further = admitted.Entry?.Further == true };
        await ReachedAsync(PipelineStep.Admitted, request, stopping);
        var executed =
            admitted.Verdict == JournalVerdict.Execute
                ? await executor.ExecuteAsync(new TaskAttempt(delivery, task, execution, held, resumed, stopping))
                : events.Errored(request, PipelineErrors.Doubt(request));
        if (executed is not { } outcome)
            return null;
        await ReachedAsync(PipelineStep.Executed, request, stopping);
        return await RecordAsync(delivery, task, mask.Apply(outcome, request), stopping);
    }

    private async Task<bool> PlainKeyAsync(
        Delivery delivery,
        TaskRequested request,
        JournalEntry? entry,
        CancellationToken stopping
    )
    {
        if (!keys.TryDecide(request, delivery.Properties.Timestamp, entry, out var plainKey))
        {
            await journal.PatientlyAsync(() => keys.LearnAsync(request.ReplyTo, stopping), stopping);
            keys.TryDecide(request, delivery.Properties.Timestamp, entry, out plainKey);
        }

        return plainKey;
    }

    /// <summary>Writes the outcome; when another replica was faster, its outcome is the one that is published.</summary>
    private async Task<Outcome> RecordAsync(
        Delivery delivery,
        JournalTask task,
        Outcome outcome,
        CancellationToken stopping
    )
    {
        if (
            outcome.State is not { } state
            || await journal.WriteOutcomeAsync(task, state, outcome.Message.Body, stopping)
        )
            return outcome;
        var request = task.Request;
        return await journal.LookAsync(task, stopping) switch
        {
            (JournalVerdict.IdInUse, { } entry) => outcome with
            {
                Message = Refused(
                    delivery,
                    request,
                    PipelineErrors.InUse(request, entry.Attempt, executed: true)
                ).Message,
            },
            (_, { IsFinal: true } entry) => outcome with { Message = events.Replay(entry, request) },
            _ => outcome,
        };
    }

    private Outcome Refused(Delivery delivery, TaskRequested request, TaskIdInUseException inUse) =>
        mask.Apply(errors.IdInUse(delivery, request, inUse), request);

    private Task ReachedAsync(PipelineStep step, TaskRequested request, CancellationToken stopping) =>
        probe is null ? Task.CompletedTask : probe.ReachedAsync(step, request, stopping);
}
