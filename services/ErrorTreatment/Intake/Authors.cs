using Integration.Bus;
using Integration.Contracts;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Intake;

/// <summary>
/// Whether whoever published a message may say what it says. Error treatment passes on under its own name what it has taken,
/// so this is the last moment at which the author is known. It is asked about every queue: what comes by the alternate or the
/// dead-letter exchange still bears its author's user.
/// </summary>
internal sealed class Authors(TrustTable trust, TreatmentOptions options)
{
    /// <summary>Why the message is not trusted; null when it is, or when nobody need be trusted for it.</summary>
    public ErrorInfo? Refusal(Delivery delivery) =>
        !trust.Restricts
            ? null
            : delivery.Exchange switch
            {
                Exchanges.Tasks => Task(delivery),
                Exchanges.Results => Result(delivery),
                Exchanges.Errors => Error(delivery),
                Exchanges.Control => Control(delivery),
                _ => null,
            };

    private ErrorInfo? Task(Delivery delivery) =>
        delivery.TryRead(ContractJson.Default.TaskRequested, options.LargestEvent, out var task, out _)
            ? trust.Request(delivery, task.Operation, task.ReplyTo)
            : trust.Request(delivery, OperationKey.Of(delivery.RoutingKey), delivery.Properties.ReplyTo);

    private ErrorInfo? Result(Delivery delivery) =>
        EventKind.Of(delivery) switch
        {
            EventTypes.TaskCompleted => delivery.TryRead(
                ContractJson.Default.TaskCompleted,
                options.LargestEvent,
                out var completed,
                out _
            )
                ? trust.Answer(delivery, completed.Operation)
                : null,
            EventTypes.TaskRejected => delivery.TryRead(
                ContractJson.Default.TaskRejected,
                options.LargestEvent,
                out var rejected,
                out _
            )
                ? trust.Answer(delivery, rejected.Operation)
                : null,
            EventTypes.TaskFailed => delivery.TryRead(
                ContractJson.Default.TaskFailed,
                options.LargestEvent,
                out var failed,
                out _
            )
                ? trust.Answer(delivery, failed.Operation)
                : null,
            EventTypes.TaskIncident => delivery.TryRead(
                ContractJson.Default.TaskIncident,
                options.LargestEvent,
                out var incident,
                out _
            )
                ? trust.Treat(delivery, incident.Operation)
                : trust.Treat(delivery, operation: null),
            _ => null,
        };

    private ErrorInfo? Error(Delivery delivery) =>
        delivery.TryRead(ContractJson.Default.TaskErrored, options.LargestEvent, out var errored, out _)
            ? trust.Report(delivery, errored)
            : null;

    private ErrorInfo? Control(Delivery delivery) =>
        EventKind.Of(delivery) == EventTypes.TaskCancelled
        && delivery.TryRead(ContractJson.Default.TaskCancelled, options.LargestEvent, out var cancelled, out _)
            ? trust.Withdraw(delivery, delivery.EngineOf(cancelled))
            : null;
}
