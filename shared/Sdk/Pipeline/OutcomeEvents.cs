using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Errors;
using Integration.Hosting;

namespace Integration.Sdk;

/// <summary>Builds the events that report what became of a task.</summary>
internal sealed class OutcomeEvents(EventMessages messages, ServiceDescription service, TimeProvider time)
{
    private readonly ServiceReference _service = service.Reference;

    public Outcome Completed(TaskRequested request, DateTimeOffset startedAt, JsonElement outputs) =>
        new(
            JournalState.Completed,
            messages.Of(
                new TaskCompleted(
                    request.TaskId,
                    request.Operation,
                    request.Version,
                    request.ReplyTo,
                    outputs,
                    startedAt,
                    time.GetUtcNow(),
                    _service,
                    request.Attempt,
                    Process: request.Process,
                    Tenant: request.Tenant
                )
            )
        );

    public Outcome Rejected(TaskRequested request, DateTimeOffset startedAt, BusinessErrorException error) =>
        new(
            JournalState.Rejected,
            messages.Of(
                new TaskRejected(
                    request.TaskId,
                    request.Operation,
                    request.Version,
                    request.ReplyTo,
                    new BusinessError(error.Code, error.Message, error.Data),
                    startedAt,
                    time.GetUtcNow(),
                    _service,
                    request.Attempt,
                    Process: request.Process,
                    Tenant: request.Tenant
                )
            )
        );

    public Outcome Errored(TaskRequested request, TaskErrorException error) =>
        new(
            error.Category == ErrorCategory.InDoubt ? JournalState.InDoubt : JournalState.Errored,
            messages.Of(
                new TaskErrored(
                    Info(error),
                    time.GetUtcNow(),
                    _service,
                    request.TaskId,
                    request.Attempt,
                    request.Operation,
                    request
                )
            )
        );

    /// <summary>
    /// A request with the id of another one of its engine. It has no outcome: the journal belongs to the other one. The message
    /// is named by its id, which stays the same when it is delivered again; what it carried is the request.
    /// </summary>
    public Outcome IdInUse(Delivery delivery, TaskRequested request, TaskErrorException error) =>
        new(
            State: null,
            messages.Of(
                new TaskErrored(
                    Info(error),
                    time.GetUtcNow(),
                    _service,
                    request.TaskId,
                    request.Attempt,
                    request.Operation,
                    request,
                    delivery.ToSource() with
                    {
                        Body = "",
                        Encoding = "text",
                    }
                )
            )
        );

    /// <summary>The same event, saying that its request lacks what was masked in it.</summary>
    public OutgoingMessage WithMaskedRequest(OutgoingMessage errored) =>
        errored with
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(
                JsonSerializer.Deserialize(errored.Body.Span, ContractJson.Default.TaskErrored)! with
                {
                    Masked = true,
                },
                VerbatimJson.Default.TaskErrored
            ),
        };

    public Outcome Cancelled(TaskRequested request, string reason) =>
        new(
            JournalState.Failed,
            messages.Of(
                new TaskFailed(
                    request.TaskId,
                    new ErrorInfo(ErrorCategory.Internal, ErrorCodes.Cancelled, reason),
                    time.GetUtcNow(),
                    request.ReplyTo,
                    _service,
                    request.Attempt,
                    FailureId: null,
                    request.Operation,
                    request.Process
                )
            )
        );

    /// <summary>What the task asked for was given up, and so is the task.</summary>
    public Outcome Failed(TaskRequested request, InnerTaskFailedException error) =>
        new(
            JournalState.Failed,
            messages.Of(
                new TaskFailed(
                    request.TaskId,
                    Info(error),
                    time.GetUtcNow(),
                    request.ReplyTo,
                    _service,
                    request.Attempt,
                    error.FailureId,
                    request.Operation,
                    request.Process
                )
            )
        );

    public OutgoingMessage Unreadable(Delivery delivery, ErrorInfo error) =>
        messages.Of(
            new TaskErrored(
                error,
                time.GetUtcNow(),
                _service,
                // Left out where it can be no task id; the source has it as it came.
                delivery.Properties.CorrelationId
                    is { } id
                && EventRules.TaskId(id) is null
                    ? id
                    : null,
                Source: delivery.ToSource()
            )
        );

    /// <summary>The stored event once more, as the answer to this delivery.</summary>
    public OutgoingMessage Replay(JournalEntry entry, TaskRequested request) =>
        entry.State switch
        {
            JournalState.Completed => messages.Of(
                Read(entry, ContractJson.Default.TaskCompleted) with
                {
                    Replayed = true,
                    Attempt = request.Attempt,
                    ReplyTo = request.ReplyTo,
                }
            ),
            JournalState.Rejected => messages.Of(
                Read(entry, ContractJson.Default.TaskRejected) with
                {
                    Replayed = true,
                    Attempt = request.Attempt,
                    ReplyTo = request.ReplyTo,
                }
            ),
            JournalState.Failed => messages.Of(
                Read(entry, ContractJson.Default.TaskFailed) with
                {
                    Attempt = request.Attempt,
                    ReplyTo = request.ReplyTo,
                }
            ),
            JournalState.Errored or JournalState.InDoubt => messages.Of(
                Asked(Read(entry, ContractJson.Default.TaskErrored), request)
            ),
            _ => throw new InvalidOperationException($"{entry.State} of task {entry.TaskId} is no outcome."),
        };

    // A row of the release before is taken for the task of the engine that asks.
    private static TaskErrored Asked(TaskErrored errored, TaskRequested request) =>
        errored.Request is { } stored && stored.ReplyTo != request.ReplyTo
            ? errored with
            {
                Request = stored with { ReplyTo = request.ReplyTo },
            }
            : errored;

    private static T Read<T>(JournalEntry entry, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json) =>
        JsonSerializer.Deserialize(entry.Outcome, json)
        ?? throw new InvalidOperationException($"The journal has no outcome for task {entry.TaskId}.");

    private static ErrorInfo Info(TaskErrorException error) =>
        new(
            error.Category,
            error.Code,
            error.Message,
            error.Status,
            error.Retryable,
            error.RetryAfter?.TotalSeconds,
            error.Target,
            error.Details
        );
}
