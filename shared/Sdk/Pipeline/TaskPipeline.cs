using System.Diagnostics;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Integration.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>
/// From a delivery to its settlement: receive → parse → deduplicate (journal) → validate → deadline and cancellation →
/// execute → journal the outcome → publish it, confirmed → acknowledge. Knows no transport and no operation.
/// </summary>
[RaisesFrom(typeof(OperationCatalog))]
[Raises(
    ErrorCategory.Data,
    ErrorCodes.InvalidInput,
    "An input is missing, misspelt or does not fit. The message names it. Nothing was sent.",
    "Correct the process."
)]
[Raises(
    ErrorCategory.Data,
    ErrorCodes.TaskIdInUse,
    "The engine has used this task id before, with another operation, version or inputs. Nothing was executed.",
    "Have the engine use an id that it has never used; the other task is not touched."
)]
[Raises(
    ErrorCategory.Connectivity,
    ErrorCodes.DeadlinePassed,
    "The task's deadline passed before its work was done.",
    "Give the process more time; look whether the service has enough replicas and its target is fast enough."
)]
[Raises(
    ErrorCategory.Connectivity,
    "timeout",
    "The attempt took longer than `Pipeline__ExecutionLimit`.",
    "Look at the target, or raise the limit. It is retried."
)]
[Raises(
    ErrorCategory.Volumetric,
    "answer-too-large",
    "The outputs do not fit into an event (`Pipeline__BodyLimit`). The work was done.",
    "Ask for less."
)]
[Raises(
    ErrorCategory.InDoubt,
    ErrorCodes.OutcomeUnknown,
    "An operation with the effect *once* was begun, and nobody knows whether it had its effect.",
    "Look in the target system; then repeat the task or give it up."
)]
[Raises(ErrorCategory.Internal, ErrorCodes.Cancelled, "The process withdrew the task.", "Nothing: the process knows.")]
[Raises(
    ErrorCategory.Internal,
    ErrorCodes.UnhandledException,
    "The service has a fault.",
    "Its log has the task id and the fault: report it. It is retried."
)]
internal sealed class TaskPipeline(
    OperationCatalog operations,
    Journal journal,
    IdempotencyKeys keys,
    RunningTasks running,
    OutcomeEvents events,
    IBus bus,
    IDatabase database,
    IServiceScopeFactory scopes,
    SecretMask mask,
    Targets targets,
    Asking asking,
    TrustTable trust,
    ServiceDescription service,
    IOptions<PipelineOptions> options,
    TimeProvider time,
    Patience patience,
    ILogger<TaskPipeline> log,
    IPipelineProbe? probe = null
)
{
    // How often a replica looks whether another one has finished.
    private static readonly TimeSpan _lookAgain = TimeSpan.FromSeconds(1);

    // Longer than any target lets wait.
    private static readonly TimeSpan _longestWait = TimeSpan.FromHours(1);
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
        var (verdict, entry) = await FindAsync(task, stopping);
        // The journal does not know of tasks that wait.
        var held =
            operations.AnyAsks && verdict == JournalVerdict.Execute ? await asking.FindAsync(request, stopping) : null;
        OutgoingMessage message;
        JournalState? state = null;
        if (verdict == JournalVerdict.Replay)
        {
            message = events.Replay(entry!, request);
            state = entry!.State;
        }
        else if (verdict == JournalVerdict.IdInUse)
        {
            var inUse = resumed ? Overtaken(request) : InUse(request, entry!.Attempt);
            message = Masked(IdInUse(delivery, request, inUse), request).Message;
        }
        else if (held?.Fits(task, failedBefore: entry is not null) == false)
        {
            message = Masked(IdInUse(delivery, request, InUse(request, held.Waiting.Request.Attempt)), request).Message;
        }
        else if (held?.IsLaterThan(request) == true)
        {
            return;
        }
        else
        {
            if (!keys.TryDecide(request, delivery.Properties.Timestamp, entry, out var plainKey))
            {
                await PatientlyAsync(() => keys.LearnAsync(request.ReplyTo, stopping), stopping);
                keys.TryDecide(request, delivery.Properties.Timestamp, entry, out plainKey);
            }

            task = task with { PlainKey = plainKey, Further = entry?.Further == true };
            await ReachedAsync(PipelineStep.Admitted, request, stopping);
            var executed =
                verdict == JournalVerdict.Execute
                    ? await ExecuteAsync(delivery, task, execution, held, resumed, stopping)
                    : events.Errored(request, Doubt(request));
            // It has asked another service, and waits.
            if (executed is not { } outcome)
                return;
            await ReachedAsync(PipelineStep.Executed, request, stopping);
            message = await RecordAsync(delivery, task, Masked(outcome, request), stopping);
            state = outcome.State;
        }

        await ReachedAsync(PipelineStep.Recorded, request, stopping);
        await bus.PublishAsync(message, stopping);
        await ReachedAsync(PipelineStep.Published, request, stopping);
        if (state >= JournalState.Completed && (resumed || held is not null || operations.Asks(request.Operation)))
            await asking.EndAsync(request, stopping);
        else if (resumed && verdict == JournalVerdict.IdInUse)
            await asking.EndAsync(request, stopping);
        TaskTelemetry.Finished(request, message.Properties.Type!, Stopwatch.GetElapsedTime(started));
    }

    private async Task<(JournalVerdict Verdict, JournalEntry? Entry)> FindAsync(
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

    private async Task<(JournalVerdict Verdict, JournalEntry? Entry)> LookAsync(
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

    /// <summary>Null when the task has asked another service and waits for the answer.</summary>
    private async Task<Outcome?> ExecuteAsync(
        Delivery delivery,
        JournalTask work,
        TaskExecution execution,
        HeldTask? held,
        bool resumed,
        CancellationToken stopping
    )
    {
        var request = work.Request;
        // Also where the answer did not bring it here: the process has died after it had asked.
        resumed |= held?.IsResumedBy(request) == true;
        OperationDescription? operation = null;
        Questions? questions = null;
        var effect = Effect.Read;
        var begun = false;
        var limit = _options.ExecutionLimit;
        var timeIsUp = CancellationToken.None;
        var startedAt = time.GetUtcNow();
        try
        {
            if (execution.CancelledBecause is { } withdrawn)
                return events.Cancelled(request, withdrawn);
            if (!operations.TryFind(request.Operation, request.Version, out operation, out var unknown))
                throw unknown;
            limit = TimeLeft(request, startedAt, resumed);

            await using var scope = scopes.CreateAsyncScope();
            await using var call = operation.Bind(request, scope.ServiceProvider);
            effect = call.Effect;
            if (operation.Asks.Count > 0)
            {
                questions = await asking.BeginAsync(operation, work, call.Effect, held, stopping);
                work = questions.Outer;
            }
            // The wait for the target has the task's time; the call itself, when it begins, that of an attempt.
            timeIsUp = execution.Begin(TimeToWait(request, startedAt, resumed), stopping);
            var outputs = await targets.CallAsync(call.Target, CallAsync, timeIsUp);
            if (questions is { Waits: true })
                return Waits(request, execution);
            return Fitting(request, effect, events.Completed(request, startedAt, outputs));

            async Task<JsonElement> CallAsync()
            {
                startedAt = time.GetUtcNow();
                limit = TimeLeft(request, startedAt, resumed);
                if (effect == Effect.Once)
                {
                    // Twice the limit: an operation that ignores its cancellation for a moment is still at work.
                    var expires = startedAt + limit + limit;
                    if (!await PatientlyAsync(() => journal.WriteIntentAsync(work, expires, stopping), stopping))
                        throw await ForestalledAsync(work, stopping);
                    await ReachedAsync(PipelineStep.Intended, request, stopping);
                }

                begun = true;
                execution.Restart(limit);
                var task = new TaskContext
                {
                    Request = request,
                    Effect = effect,
                    Logger = log,
                    Time = time,
                    PlainKey = work.PlainKey,
                    Questions = questions,
                };
                return await call.ExecuteAsync(task, timeIsUp);
            }
        }
        // Whatever the operation made of it. At the end of the process it comes again, as everything else.
        catch (Exception) when (questions is { Waits: true } && !stopping.IsCancellationRequested)
        {
            return Waits(request, execution);
        }
        catch (OperationCanceledException) when (!begun && execution.CancelledBecause is { } withdrawn)
        {
            return events.Cancelled(request, withdrawn);
        }
        catch (OperationCanceledException)
            when (!begun && timeIsUp.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return Errored(request, effect, DeadlinePassed(request, "while the task waited for its target"));
        }
        catch (Exception e)
            when (begun && stopping.IsCancellationRequested && e is not TaskErrorException { EffectUnknown: false })
        {
            // Cut off by the end of the process: no outcome is known, so none is told. The task comes again.
            if (effect == Effect.Once && e is CancelledWithoutEffectException)
                await WithdrawIntentAsync(work);
            throw new OperationCanceledException(stopping);
        }
        catch (TaskIdInUseException inUse)
        {
            return IdInUse(delivery, request, inUse);
        }
        catch (BusinessErrorException business)
        {
            return Fitting(request, effect, events.Rejected(request, startedAt, business));
        }
        catch (InnerTaskRejectedException inner) when (Declares(operation, inner.Error.Code))
        {
            var business = new BusinessErrorException(inner.Error.Code, inner.Error.Message, inner.Error.Data);
            return Fitting(request, effect, events.Rejected(request, startedAt, business));
        }
        catch (InnerTaskFailedException inner)
        {
            return Fitting(request, effect, events.Failed(request, inner));
        }
        catch (OperationCanceledException e) when (begun && execution.CancelledBecause is { } reason)
        {
            return events.Cancelled(
                request,
                effect == Effect.Once && e is not CancelledWithoutEffectException
                    ? $"{reason} Its call was in flight and may have had its effect."
                    : reason
            );
        }
        catch (OperationCanceledException e) when (begun)
        {
            return Errored(request, effect, TimedOut(request, limit, e, timeIsUp));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Errored(request, effect, ExceptionClassifier.Classify(e));
        }
    }

    /// <summary>The end of a run that has asked. Withdrawn meanwhile, the task does not wait.</summary>
    private Outcome? Waits(TaskRequested request, TaskExecution execution) =>
        execution.CancelledBecause is { } withdrawn ? events.Cancelled(request, withdrawn) : null;

    /// <summary>A business error of somebody else is the process's word only where the operation makes it its own.</summary>
    private static bool Declares(OperationDescription? operation, string code) =>
        operation is not null
        && operation.Errors.Any(one =>
            one.Category == ErrorCategory.Business && (one.Code == code || one.Code == RaisesAttribute.AnyCode)
        );

    /// <summary>
    /// Time for this attempt; throws when nobody waits any more. What was begun in time and waited for an operator is finished
    /// all the same.
    /// </summary>
    private TimeSpan TimeLeft(TaskRequested request, DateTimeOffset now, bool resumed)
    {
        if (request.Deadline is not { } deadline)
            return _options.ExecutionLimit;
        if (deadline > now)
            return deadline - now < _options.ExecutionLimit ? deadline - now : _options.ExecutionLimit;
        if (resumed)
            return _options.ExecutionLimit;
        throw DeadlinePassed(request, $"before the work began. Check whether '{service.Name}' has enough replicas");
    }

    /// <summary>Time for the wait before the attempt: the target gives up waiting by itself.</summary>
    private static TimeSpan TimeToWait(TaskRequested request, DateTimeOffset now, bool resumed) =>
        request.Deadline - now is { } left && left < _longestWait && !(resumed && left <= TimeSpan.Zero)
            ? left
            : _longestWait;

    private static ConnectivityErrorException DeadlinePassed(TaskRequested request, string when) =>
        new(ErrorCodes.DeadlinePassed, $"The deadline {request.Deadline:O} passed {when}.") { Retryable = false };

    // By the limit that was set and not by the clock: a timer may fire a moment before the clock shows its time.
    private ConnectivityErrorException TimedOut(
        TaskRequested request,
        TimeSpan limit,
        Exception e,
        CancellationToken timeIsUp
    ) =>
        timeIsUp.IsCancellationRequested && limit < _options.ExecutionLimit
            ? new(ErrorCodes.DeadlinePassed, $"The deadline {request.Deadline:O} passed while the operation ran.", e)
            {
                Retryable = false,
                EffectUnknown = e is not CancelledWithoutEffectException,
            }
            : new("timeout", $"The operation did not end in time (limit {_options.ExecutionLimit}).", e)
            {
                EffectUnknown = e is not CancelledWithoutEffectException,
            };

    private Outcome Errored(TaskRequested request, Effect effect, TaskErrorException error)
    {
        if (effect == Effect.Once && error.EffectUnknown)
            error = Doubt(request, error);
        log.LogWarning(
            error.InnerException,
            "Task {TaskId} ({Operation}, attempt {Attempt}) failed: {Category} {Code}: {Reason}",
            request.TaskId,
            request.Operation,
            request.Attempt,
            RoutingKeys.Name(error.Category),
            error.Code,
            error.Message
        );
        return events.Errored(request, error);
    }

    private static InDoubtErrorException Doubt(TaskRequested request, TaskErrorException? cause = null) =>
        new(
            ErrorCodes.OutcomeUnknown,
            (
                cause is null
                    ? "An earlier delivery of this task began the call and left no outcome. "
                    : $"{cause.Message.TrimEnd()}{(IsSentence(cause.Message) ? "" : ".")} "
            )
                + $"Whether '{request.Operation}' had its effect is unknown: look in the target system, then give the task up or retry it.",
            cause
        )
        {
            Status = cause?.Status,
            Target = cause?.Target,
            Details = cause?.Details,
        };

    // Messages of libraries often end without a full stop.
    private static bool IsSentence(string message) => message.TrimEnd() is [.., '.' or '!' or '?' or '…'];

    /// <summary>An answer that is too large for the bus becomes an error that says so.</summary>
    private Outcome Fitting(TaskRequested request, Effect effect, Outcome outcome) =>
        outcome.Message.Body.Length <= _options.BodyLimit
            ? outcome
            : events.Errored(
                request,
                new VolumetricErrorException(
                    "answer-too-large",
                    $"The outcome has {outcome.Message.Body.Length} bytes; at most {_options.BodyLimit} travel on the bus "
                        + "(Pipeline:BodyLimit). The operation was executed"
                        + (effect == Effect.Once ? "; a retry would repeat its effect." : ".")
                )
            );

    private Outcome Masked(Outcome outcome, TaskRequested request)
    {
        if (mask.IsEmpty)
            return outcome;
        var message = outcome.Message;
        var body = mask.ApplyToJson(message.Body);
        if (!body.Equals(message.Body) && message.Properties.Type == EventTypes.TaskErrored && HoldsSecrets(request))
            body = mask.ApplyToJson(events.WithMaskedRequest(message).Body);
        return outcome with { Message = message with { Body = body } };
    }

    private bool HoldsSecrets(TaskRequested request)
    {
        ReadOnlyMemory<byte> written = JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Default.TaskRequested);
        return !mask.ApplyToJson(written).Equals(written);
    }

    private Outcome IdInUse(Delivery delivery, TaskRequested request, TaskIdInUseException inUse)
    {
        log.LogWarning(
            "Task {TaskId} of {Engine} ({Operation}, attempt {Attempt}) was refused: {Reason}",
            request.TaskId,
            request.ReplyTo,
            request.Operation,
            request.Attempt,
            inUse.Message
        );
        return events.IdInUse(delivery, request, inUse);
    }

    private static TaskIdInUseException InUse(TaskRequested request, int attempt, bool executed = false) =>
        new(
            $"The engine '{request.ReplyTo}' has used the task id '{request.TaskId}' before (attempt {attempt}), with another "
                + "operation, version or inputs. "
                + (
                    executed
                        ? $"Both were executed at the same time; the outcome that is kept is the other one's: look what '{request.Operation}' has done."
                        : "Nothing was executed. Have the engine use an id that it has never used."
                )
        );

    /// <summary>About a task that waited while another replica, which did not see it, executed another one under its id.</summary>
    private static TaskIdInUseException Overtaken(TaskRequested request) =>
        new(
            $"While the task '{request.TaskId}' of the engine '{request.ReplyTo}' waited for an answer, another one was executed under "
                + "its id, and its outcome is kept. The task that waited is ended, and what it still waited for is withdrawn: look what "
                + $"'{request.Operation}' and the operations that it asked have done."
        );

    /// <summary>Why the call must not begin: somebody wrote to the journal since it was asked.</summary>
    private async Task<TaskErrorException> ForestalledAsync(JournalTask task, CancellationToken stopping) =>
        await LookAsync(task, stopping) is (JournalVerdict.IdInUse, { } entry)
            ? InUse(task.Request, entry.Attempt)
            : Doubt(task.Request);

    /// <summary>Nothing happened, so that whoever gets the task next may execute it. Not done, it is in doubt.</summary>
    private async Task WithdrawIntentAsync(JournalTask task)
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

    /// <summary>Writes the outcome; when another replica was faster, its outcome is the one that is told.</summary>
    private async Task<OutgoingMessage> RecordAsync(
        Delivery delivery,
        JournalTask task,
        Outcome outcome,
        CancellationToken stopping
    )
    {
        if (outcome.State is not { } state)
            return outcome.Message;
        var written = await PatientlyAsync(
            // Also when the service is just being stopped: an outcome that is known is worth more than a doubt.
            () => journal.WriteOutcomeAsync(task, state, outcome.Message.Body, CancellationToken.None),
            stopping
        );
        if (written)
            return outcome.Message;
        var request = task.Request;
        var (verdict, entry) = await LookAsync(task, stopping);
        if (verdict == JournalVerdict.IdInUse)
            return Masked(IdInUse(delivery, request, InUse(request, entry!.Attempt, executed: true)), request).Message;
        return entry is { IsFinal: true } ? events.Replay(entry, request) : outcome.Message;
    }

    private Task<T> PatientlyAsync<T>(Func<Task<T>> ask, CancellationToken stopping) =>
        patience.AskAsync(ask, stopping);

    private Task ReachedAsync(PipelineStep step, TaskRequested request, CancellationToken stopping) =>
        probe is null ? Task.CompletedTask : probe.ReachedAsync(step, request, stopping);
}
