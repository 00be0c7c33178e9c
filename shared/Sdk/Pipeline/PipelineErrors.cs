using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>The errors that every operation can end with, because the pipeline raises them.</summary>
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
    "An operation with the effect *once* was begun, and it is not known whether it had its effect.",
    "Look in the target system; then repeat the task or give it up."
)]
[Raises(ErrorCategory.Internal, ErrorCodes.Cancelled, "The process withdrew the task.", "Nothing: the process knows.")]
[Raises(
    ErrorCategory.Internal,
    ErrorCodes.UnhandledException,
    "The service has a fault.",
    "Its log has the task id and the fault: report it. It is retried."
)]
internal static class PipelineErrors
{
    /// <summary>The deadline passed before the call.</summary>
    /// <param name="request">The task.</param>
    /// <param name="when">Ends the sentence "The deadline … passed", without its full stop.</param>
    public static ConnectivityErrorException DeadlinePassed(TaskRequested request, string when) =>
        new(ErrorCodes.DeadlinePassed, $"The deadline {request.Deadline:O} passed {when}.") { Retryable = false };

    /// <summary>The deadline passed while the operation ran.</summary>
    public static ConnectivityErrorException DeadlinePassed(TaskRequested request, OperationCanceledException cause) =>
        new(ErrorCodes.DeadlinePassed, $"The deadline {request.Deadline:O} passed while the operation ran.", cause)
        {
            Retryable = false,
            EffectUnknown = cause is not CancelledWithoutEffectException,
        };

    /// <summary>The attempt took longer than the service allows, or the operation gave up.</summary>
    public static ConnectivityErrorException TimedOut(TimeSpan limit, OperationCanceledException cause) =>
        new("timeout", $"The operation did not end in time (limit {limit}).", cause)
        {
            EffectUnknown = cause is not CancelledWithoutEffectException,
        };

    /// <summary>The outputs are too large for the bus; the work was done.</summary>
    public static VolumetricErrorException AnswerTooLarge(int bytes, int limit, Effect effect) =>
        new(
            "answer-too-large",
            $"The outcome has {bytes} bytes; at most {limit} travel on the bus (Pipeline__BodyLimit). The operation was executed"
                + (effect == Effect.Once ? "; a retry would repeat its effect." : ".")
        );

    /// <summary>Whether the call had its effect is unknown.</summary>
    /// <param name="request">The task.</param>
    /// <param name="cause">What the call ended with; null when an earlier delivery began it and left no outcome.</param>
    public static InDoubtErrorException Doubt(TaskRequested request, TaskErrorException? cause = null) =>
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

    /// <summary>The engine has used the id for another request.</summary>
    /// <param name="request">The one that is refused.</param>
    /// <param name="attempt">Of the one that has the id.</param>
    /// <param name="executed">Both ran at the same time.</param>
    public static TaskIdInUseException InUse(TaskRequested request, int attempt, bool executed = false) =>
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
    public static TaskIdInUseException Overtaken(TaskRequested request) =>
        new(
            $"While the task '{request.TaskId}' of the engine '{request.ReplyTo}' waited for an answer, another one was executed under "
                + "its id, and its outcome is kept. The task that waited is ended, and what it still waited for is withdrawn: look what "
                + $"'{request.Operation}' and the operations that it asked have done."
        );

    // Messages of libraries often end without a full stop.
    private static bool IsSentence(string message) => message.TrimEnd() is [.., '.' or '!' or '?' or '…'];
}
