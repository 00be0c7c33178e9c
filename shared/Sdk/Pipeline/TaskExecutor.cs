using System.Text.Json;
using Integration.Errors;
using Integration.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>Executes a task that the journal admits: admit → wait for the target → call → explain what went wrong.</summary>
internal sealed class TaskExecutor(
    OperationCatalog operations,
    PatientJournal journal,
    OutcomeEvents events,
    ErrorOutcomes errors,
    IServiceScopeFactory scopes,
    Targets targets,
    Asking asking,
    ServiceDescription service,
    IOptions<PipelineOptions> options,
    TimeProvider time,
    ILogger<TaskExecutor> log,
    IPipelineProbe? probe = null
)
{
    // Longer than any target lets wait.
    private static readonly TimeSpan _longestWait = TimeSpan.FromHours(1);
    private readonly PipelineOptions _options = options.Value;

    /// <returns>Null when the task has asked another service and waits for the answer.</returns>
    /// <exception cref="OperationCanceledException">The process ends and no outcome is known: the task comes again.</exception>
    public async Task<Outcome?> ExecuteAsync(TaskAttempt attempt)
    {
        try
        {
            if (attempt.Execution.CancelledBecause is { } withdrawn)
                return events.Cancelled(attempt.Request, withdrawn);
            var operation = Admit(attempt);
            await using var scope = scopes.CreateAsyncScope();
            await using var call = operation.Bind(attempt.Request, scope.ServiceProvider);
            attempt.Effect = call.Effect;
            if (operation.Asks.Count > 0)
                await ContinueAskingAsync(attempt, operation);
            var outputs = await WaitForTargetAsync(attempt, call);
            return attempt.Waits
                ? errors.Waiting(attempt)
                : errors.OrTooLarge(attempt, events.Completed(attempt.Request, attempt.StartedAt, outputs));
        }
        catch (Exception e)
        {
            return await errors.ExplainAsync(attempt, e);
        }
    }

    /// <summary>Finds the operation, and refuses a task whose time is over.</summary>
    private OperationDescription Admit(TaskAttempt attempt)
    {
        var request = attempt.Request;
        attempt.StartedAt = time.GetUtcNow();
        attempt.Limit = _options.ExecutionLimit;
        if (!operations.TryFind(request.Operation, request.Version, out var operation, out var unknown))
            throw unknown;
        attempt.Operation = operation;
        attempt.Limit = TimeLeft(attempt);
        return operation;
    }

    private async Task ContinueAskingAsync(TaskAttempt attempt, OperationDescription operation)
    {
        attempt.Questions = await asking.BeginAsync(
            operation,
            attempt.Work,
            attempt.Effect,
            attempt.Held,
            attempt.Stopping
        );
        attempt.Work = attempt.Questions.Outer;
    }

    /// <summary>The wait has the task's time; the call itself, when it begins, that of an attempt.</summary>
    private Task<JsonElement> WaitForTargetAsync(TaskAttempt attempt, OperationCall call)
    {
        attempt.TimeIsUp = attempt.Execution.Begin(TimeToWait(attempt), attempt.Stopping);
        return targets.CallAsync(call.Target, () => CallAsync(attempt, call), attempt.TimeIsUp);
    }

    private async Task<JsonElement> CallAsync(TaskAttempt attempt, OperationCall call)
    {
        attempt.StartedAt = time.GetUtcNow();
        attempt.Limit = TimeLeft(attempt);
        if (attempt.Effect == Effect.Once)
            await WriteIntentAsync(attempt);
        attempt.Begun = true;
        attempt.Execution.Restart(attempt.Limit);
        var context = new TaskContext
        {
            Request = attempt.Request,
            Effect = attempt.Effect,
            Logger = log,
            Time = time,
            PlainKey = attempt.Work.PlainKey,
            Questions = attempt.Questions,
        };
        return await call.ExecuteAsync(context, attempt.TimeIsUp);
    }

    private async Task WriteIntentAsync(TaskAttempt attempt)
    {
        // Twice the limit: an operation that ignores its cancellation for a moment is still at work.
        var expires = attempt.StartedAt + attempt.Limit + attempt.Limit;
        if (!await journal.WriteIntentAsync(attempt.Work, expires, attempt.Stopping))
            throw await ForestalledAsync(attempt);
        if (probe is not null)
            await probe.ReachedAsync(PipelineStep.Intended, attempt.Request, attempt.Stopping);
    }

    /// <summary>Why the call must not begin: another replica wrote to the journal since it was asked.</summary>
    private async Task<TaskErrorException> ForestalledAsync(TaskAttempt attempt) =>
        await journal.LookAsync(attempt.Work, attempt.Stopping) is (JournalVerdict.IdInUse, { } entry)
            ? PipelineErrors.InUse(attempt.Request, entry.Attempt)
            : PipelineErrors.Doubt(attempt.Request);

    /// <summary>
    /// Time for this attempt; throws when the deadline has passed. What was begun in time and waited for an operator is finished all
    /// the same.
    /// </summary>
    private TimeSpan TimeLeft(TaskAttempt attempt)
    {
        if (attempt.Request.Deadline is not { } deadline)
            return _options.ExecutionLimit;
        if (deadline > attempt.StartedAt)
            return deadline - attempt.StartedAt < _options.ExecutionLimit
                ? deadline - attempt.StartedAt
                : _options.ExecutionLimit;
        if (attempt.Resumed)
            return _options.ExecutionLimit;
        throw PipelineErrors.DeadlinePassed(
            attempt.Request,
            $"before the work began. Check whether '{service.Name}' has enough replicas"
        );
    }

    /// <summary>Time for the wait before the call: the target ends the wait.</summary>
    private static TimeSpan TimeToWait(TaskAttempt attempt) =>
        attempt.Request.Deadline - attempt.StartedAt is { } left
        && left < _longestWait
        && !(attempt.Resumed && left <= TimeSpan.Zero)
            ? left
            : _longestWait;
}
