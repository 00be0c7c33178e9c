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

    private static OutgoingMessage Traced(OutgoingMessage message, Failure failure) =>
        message with
        {
            Properties = message.Properties with { TraceParent = failure.TraceParent, TraceState = null },
        };
}
