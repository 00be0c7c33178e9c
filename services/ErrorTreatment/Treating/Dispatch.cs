using Integration.Bus;
using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.Hosting;

namespace Integration.ErrorTreatment.Treating;

/// <summary>What error treatment says to others, as messages.</summary>
internal sealed class Dispatch(EventMessages messages, ServiceDescription service, TimeProvider time)
{
    /// <summary>Who speaks.</summary>
    public ServiceReference Self => service.Reference;

    /// <summary>The task with its new attempt, or the message as it came.</summary>
    public OutgoingMessage Again(Failure failure) =>
        failure.Request is { } request
            ? Traced(messages.Of(request), failure)
            : new OutgoingMessage(
                failure.Message!.Exchange,
                failure.Message.RoutingKey,
                failure.Message.Properties,
                failure.Message.Body
            );

    /// <summary>To the engine: it waits for an operator. Null when no engine is known.</summary>
    public OutgoingMessage? Incident(Failure failure) =>
        failure.Engine is not { } engine
            ? null
            : Traced(
                messages.Of(
                    new TaskIncident(
                        failure.TaskId!,
                        failure.Error,
                        time.GetUtcNow(),
                        engine,
                        Self,
                        failure.Attempt,
                        failure.Id,
                        failure.Operation,
                        failure.Request?.Process
                    )
                ),
                failure
            );

    /// <summary>To the engine: given up. Null when no engine is known.</summary>
    public OutgoingMessage? Failed(Failure failure, string reason) =>
        failure.Engine is not { } engine
            ? null
            : Traced(
                messages.Of(
                    new TaskFailed(
                        failure.TaskId!,
                        failure.Error with
                        {
                            Message = $"Given up: {reason} Last error: {failure.Error.Message}",
                        },
                        time.GetUtcNow(),
                        engine,
                        Self,
                        failure.Attempt,
                        failure.Id,
                        failure.Operation,
                        failure.Request?.Process
                    )
                ),
                failure
            );

    /// <summary>
    /// To the service: the engine no longer waits. It may still be at work, or wait for a task that it has asked for, and would go on
    /// with its next step after the answer. Null for what is no task of a known engine.
    /// </summary>
    public OutgoingMessage? Withdrawal(Failure failure, string reason) =>
        failure is not { Kind: FailureKind.Task, Engine: { } engine, Operation: { } operation }
            ? null
            : Traced(
                messages.Of(
                    new TaskCancelled(failure.TaskId!, operation, time.GetUtcNow(), $"Given up: {reason}", engine)
                ),
                failure
            );

    private static OutgoingMessage Traced(OutgoingMessage message, Failure failure) =>
        message with
        {
            Properties = message.Properties with { TraceParent = failure.TraceParent, TraceState = null },
        };
}
