using Integration.Bus;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Treating;
using Integration.Hosting;

namespace Integration.ErrorTreatment.Intake;

/// <summary>Reads deliveries as occurrences. Null means that a delivery needs no treatment.</summary>
internal sealed class EventReader(ServiceDescription self, TreatmentOptions options, TimeProvider time)
{
    private int Largest => options.LargestRead;

    /// <summary>From the queue of errors, results and cancellations.</summary>
    public Occurrence? Event(Delivery delivery) =>
        delivery.Exchange switch
        {
            Exchanges.Errors => Error(delivery),
            Exchanges.Results => Result(delivery),
            Exchanges.Control => Control(delivery),
            _ => Foreign(delivery),
        };

    /// <summary>A message as a failure of its own, kept as it came.</summary>
    public Errored Message(Delivery delivery, ErrorInfo error)
    {
        var message = StoredMessage.From(delivery);
        var isTasks = delivery.Exchange is Exchanges.Tasks or Exchanges.Results or Exchanges.Errors;
        return new Errored(Subject.Message(message), FailureKind.Message, error, Attempt: 1, time.GetUtcNow())
        {
            Service = self.Name,
            TaskId = isTasks ? delivery.Properties.CorrelationId : null,
            ReplyTo = delivery.Properties.ReplyTo,
            Message = message,
            TraceParent = delivery.Properties.TraceParent,
        };
    }

    /// <summary>
    /// A message that is not believed, as a failure of its own. What it says about a task or an engine counts for nothing: the
    /// engine gets no event, and no cancellation closes it.
    /// </summary>
    public Errored Disbelieved(Delivery delivery, ErrorInfo reason) =>
        Message(delivery, reason) with
        {
            TaskId = null,
            ReplyTo = null,
        };

    /// <summary>A task that came here instead of to a service.</summary>
    public Errored Task(Delivery delivery, Func<TaskRequested, ErrorInfo> error)
    {
        if (!delivery.TryRead(ContractJson.Default.TaskRequested, Largest, out var request, out var unreadable))
            return Message(delivery, unreadable);

        var subject = Subject.Task(request.TaskId);
        return new Errored(subject, FailureKind.Task, error(request), request.Attempt, time.GetUtcNow())
        {
            Service = self.Name,
            TaskId = request.TaskId,
            Operation = request.Operation,
            ReplyTo = request.ReplyTo,
            Request = request,
            TraceParent = delivery.Properties.TraceParent,
        };
    }

    private Errored Error(Delivery delivery)
    {
        if (!delivery.TryRead(ContractJson.Default.TaskErrored, Largest, out var e, out var unreadable))
            return Message(delivery, unreadable);

        var message = e.Request is null && e.Source is not null ? StoredMessage.From(e.Source) : null;
        var taskId = e.Request?.TaskId ?? e.TaskId ?? e.Source?.CorrelationId;
        if (message is null && string.IsNullOrEmpty(taskId))
            return Message(delivery, Nameless());

        // What a message that is not trusted says of its task and its engine counts for nothing.
        var disbelieved = message is not null && e.Error.Code == ErrorCodes.NotTrusted;
        var (subject, kind) = e switch
        {
            { Error: { Category: ErrorCategory.Data, Code: ErrorCodes.TaskIdInUse }, Request: { } request } => (
                Subject.Collision(e.Source?.MessageId, request),
                FailureKind.Message
            ),
            _ when message is not null => (Subject.Message(message), FailureKind.Message),
            _ => (Subject.Task(taskId!), FailureKind.Task),
        };
        // The table knows whether the reporter can have got a message with this key, and not whether it was this one: body and
        // category are the reporter's. Error treatment vouches for what it sends, so only an operator has it sent.
        var error = message is null ? e.Error : e.Error with { Retryable = false };
        return new Errored(subject, kind, error, e.Attempt, e.OccurredAt)
        {
            Service = e.Service.Name,
            TaskId = disbelieved ? null : taskId,
            Operation = e.Request?.Operation ?? e.Operation ?? OperationOf(e.Source),
            ReplyTo = disbelieved ? null : e.Request?.ReplyTo ?? e.Source?.ReplyTo ?? delivery.Properties.ReplyTo,
            Request = e.Request,
            Masked = e.Masked,
            Message = message,
            TraceParent = delivery.Properties.TraceParent,
        };
    }

    private static string? OperationOf(MessageSource? source) =>
        source?.Exchange == Exchanges.Tasks ? OperationKey.Of(source.RoutingKey) : null;

    // A type that the contract does not know is the engine's matter, which gets the same message.
    private Occurrence? Result(Delivery delivery)
    {
        switch (EventKind.Of(delivery))
        {
            case EventTypes.TaskCompleted:
                return delivery.TryRead(
                    ContractJson.Default.TaskCompleted,
                    Largest,
                    out var completed,
                    out var malformed
                )
                    ? new Answered(
                        completed.TaskId,
                        $"Attempt {completed.Attempt} was completed by '{completed.Service.Name}'.",
                        completed.ReplyTo,
                        completed.Operation
                    )
                    : Message(delivery, malformed);
            case EventTypes.TaskRejected:
                return delivery.TryRead(ContractJson.Default.TaskRejected, Largest, out var rejected, out malformed)
                    ? new Answered(
                        rejected.TaskId,
                        $"Attempt {rejected.Attempt} ended with the business error {rejected.Error.Code}: {rejected.Error.Message}",
                        rejected.ReplyTo,
                        rejected.Operation
                    )
                    : Message(delivery, malformed);
            case EventTypes.TaskFailed:
                return delivery.TryRead(ContractJson.Default.TaskFailed, Largest, out var failed, out malformed)
                    ? new Withdrawn(
                        failed.TaskId,
                        $"'{failed.Service.Name}' ended the task: {failed.Error.Message}",
                        failed.ReplyTo,
                        failed.Operation
                    )
                    {
                        Lasting = false,
                    }
                    : Message(delivery, malformed);
            case null when IsNoResult(delivery):
                return Message(delivery, EventKind.Unknown(delivery));
            default:
                return null;
        }
    }

    private static bool IsNoResult(Delivery delivery) =>
        delivery.Properties.Type is not { Length: > 0 } type || EventTypes.All.Contains(type);

    private Occurrence? Control(Delivery delivery)
    {
        var kind = EventKind.Of(delivery);
        if (kind is null && string.IsNullOrEmpty(delivery.Properties.Type))
            return Message(delivery, EventKind.Unknown(delivery));
        // The others are news for their subscribers, and so are kinds of a later release.
        if (kind != EventTypes.TaskCancelled)
            return null;
        return delivery.TryRead(ContractJson.Default.TaskCancelled, Largest, out var cancelled, out var malformed)
            ? new Withdrawn(
                cancelled.TaskId,
                $"The engine no longer waits: {cancelled.Reason ?? "no reason was given"}.",
                delivery.EngineOf(cancelled),
                cancelled.Operation
            )
            : Message(delivery, malformed);
    }

    private Errored Foreign(Delivery delivery) =>
        Message(
            delivery,
            new ErrorInfo(
                ErrorCategory.Data,
                ErrorCodes.MalformedMessage,
                $"It was published to '{delivery.Exchange}', which is no exchange of the contract. Correct its publisher."
            )
        );

    private static ErrorInfo Nameless() =>
        new(
            ErrorCategory.Data,
            ErrorCodes.MalformedMessage,
            "The error event names no task: it has neither taskId nor request nor source. Correct the service that sent it."
        );
}
