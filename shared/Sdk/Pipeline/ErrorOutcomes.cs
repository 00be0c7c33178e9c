using System.Runtime.ExceptionServices;
using Integration.Bus;
using Integration.Contracts;
using Integration.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>What an exception means for the task: the outcome of an attempt that did not end well.</summary>
internal sealed class ErrorOutcomes(
    OutcomeEvents events,
    PatientJournal journal,
    IOptions<PipelineOptions> options,
    ILogger<ErrorOutcomes> log
)
{
    private readonly PipelineOptions _options = options.Value;

    /// <returns>Null when the task waits for another service.</returns>
    /// <exception cref="OperationCanceledException">The process ends and no outcome is known: the task comes again.</exception>
    public async Task<Outcome?> ExplainAsync(TaskAttempt attempt, Exception error)
    {
        var request = attempt.Request;
        var stopping = attempt.Stopping.IsCancellationRequested;
        // Whatever the operation made of it. At the end of the process it comes again, as everything else.
        if (attempt.Waits && !stopping)
            return Waiting(attempt);
        if (attempt.Begun && stopping && error is not TaskErrorException { EffectUnknown: false })
            throw await CutOffAsync(attempt, error);
        return error switch
        {
            OperationCanceledException e when attempt.Begun => OfCancelledCall(attempt, e),
            OperationCanceledException e => OfCancelledWait(attempt, e),
            TaskIdInUseException inUse => IdInUse(attempt.Delivery, request, inUse),
            BusinessErrorException business => Rejected(attempt, business),
            InnerTaskRejectedException { Error: var inner } when Declares(attempt.Operation, inner.Code) => Rejected(
                attempt,
                new BusinessErrorException(inner.Code, inner.Message, inner.Data)
            ),
            InnerTaskFailedException inner => OrTooLarge(attempt, events.Failed(request, inner)),
            _ => Errored(attempt, ExceptionClassifier.Classify(error)),
        };
    }

    /// <summary>The end of a run that has asked another service. Withdrawn meanwhile, the task does not wait.</summary>
    public Outcome? Waiting(TaskAttempt attempt) =>
        attempt.Execution.CancelledBecause is { } withdrawn ? events.Cancelled(attempt.Request, withdrawn) : null;

    /// <summary>An outcome that is too large for the bus becomes an error that says so.</summary>
    public Outcome OrTooLarge(TaskAttempt attempt, Outcome outcome) =>
        outcome.Message.Body.Length <= _options.BodyLimit
            ? outcome
            : events.Errored(
                attempt.Request,
                PipelineErrors.AnswerTooLarge(outcome.Message.Body.Length, _options.BodyLimit, attempt.Effect)
            );

    /// <summary>The refusal of a request under the id of another one.</summary>
    public Outcome IdInUse(Delivery delivery, TaskRequested request, TaskIdInUseException inUse)
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

    /// <summary>Cut off by the end of the process: no outcome is known, so none is published. The task comes again.</summary>
    private async Task<OperationCanceledException> CutOffAsync(TaskAttempt attempt, Exception error)
    {
        if (attempt.Effect == Effect.Once && error is CancelledWithoutEffectException)
            await journal.WithdrawIntentAsync(attempt.Work);
        return new OperationCanceledException(attempt.Stopping);
    }

    private Outcome OfCancelledWait(TaskAttempt attempt, OperationCanceledException error)
    {
        if (attempt.Execution.CancelledBecause is { } withdrawn)
            return events.Cancelled(attempt.Request, withdrawn);
        if (!attempt.TimeIsUp.IsCancellationRequested || attempt.Stopping.IsCancellationRequested)
            ExceptionDispatchInfo.Throw(error);
        return Errored(attempt, PipelineErrors.DeadlinePassed(attempt.Request, "while the task waited for its target"));
    }

    private Outcome OfCancelledCall(TaskAttempt attempt, OperationCanceledException error)
    {
        if (attempt.Execution.CancelledBecause is { } reason)
            return events.Cancelled(
                attempt.Request,
                attempt.Effect == Effect.Once && error is not CancelledWithoutEffectException
                    ? $"{reason} Its call was in flight and may have had its effect."
                    : reason
            );
        // By the limit that was set and not by the clock: a timer may fire a moment before the clock shows its time.
        var byDeadline = attempt.TimeIsUp.IsCancellationRequested && attempt.Limit < _options.ExecutionLimit;
        return Errored(
            attempt,
            byDeadline
                ? PipelineErrors.DeadlinePassed(attempt.Request, error)
                : PipelineErrors.TimedOut(_options.ExecutionLimit, error)
        );
    }

    private Outcome Rejected(TaskAttempt attempt, BusinessErrorException business) =>
        OrTooLarge(attempt, events.Rejected(attempt.Request, attempt.StartedAt, business));

    private Outcome Errored(TaskAttempt attempt, TaskErrorException error)
    {
        var request = attempt.Request;
        if (attempt.Effect == Effect.Once && error.EffectUnknown)
            error = PipelineErrors.Doubt(request, error);
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

    /// <summary>A business error of another service is the process's word only where the operation makes it its own.</summary>
    private static bool Declares(OperationDescription? operation, string code) =>
        operation is not null
        && operation.Errors.Any(one =>
            one.Category == ErrorCategory.Business && (one.Code == code || one.Code == RaisesAttribute.AnyCode)
        );
}
