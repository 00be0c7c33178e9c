using System.Text.Json.Serialization.Metadata;
using Integration.Bus;
using Integration.Contracts;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Intake;

/// <summary>
/// Whether the publisher of a message may say what it says. Error treatment passes on under its own name what it has taken,
/// so this is the last moment at which the author is known. It is asked about every queue: what comes by the alternate or the
/// dead-letter exchange still bears its author's user.
/// </summary>
internal sealed class Authors(TrustTable trust, TreatmentOptions options)
{
    /// <summary>Why the message is not trusted; null when it is, or when it needs no trust.</summary>
    /// <param name="delivery">What came.</param>
    /// <param name="unreadable">
    /// Why its body could not be held against the table, of a message that is not refused: nothing that it says may be done. Null when
    /// it was read, and without a table.
    /// </param>
    public ErrorInfo? Refusal(Delivery delivery, out ErrorInfo? unreadable)
    {
        unreadable = null;
        return !trust.Restricts
            ? null
            : delivery.Exchange switch
            {
                Exchanges.Tasks => Read(delivery, ContractJson.Default.TaskRequested, out unreadable) is { } task
                    ? trust.Request(delivery, task.Operation, task.ReplyTo)
                    // Its engine gets an event about it.
                    : trust.Request(delivery, OperationKey.Of(delivery.RoutingKey), delivery.Properties.ReplyTo),
                Exchanges.Results => Result(delivery, out unreadable),
                Exchanges.Errors => Read(delivery, ContractJson.Default.TaskErrored, out unreadable) is { } errored
                    ? trust.Report(delivery, errored)
                    : null,
                Exchanges.Control => Control(delivery, out unreadable),
                _ => null,
            };
    }

    private ErrorInfo? Result(Delivery delivery, out ErrorInfo? unreadable)
    {
        unreadable = null;
        return EventKind.Of(delivery) switch
        {
            EventTypes.TaskCompleted => Read(delivery, ContractJson.Default.TaskCompleted, out unreadable)
                is { } completed
                ? trust.Answer(delivery, completed.Operation)
                : null,
            EventTypes.TaskRejected => Read(delivery, ContractJson.Default.TaskRejected, out unreadable) is { } rejected
                ? trust.Answer(delivery, rejected.Operation)
                : null,
            EventTypes.TaskFailed => Read(delivery, ContractJson.Default.TaskFailed, out unreadable) is { } failed
                ? trust.Answer(delivery, failed.Operation)
                : null,
            EventTypes.TaskIncident => Read(delivery, ContractJson.Default.TaskIncident, out unreadable) is { } incident
                ? trust.Treat(delivery, incident.Operation)
                : trust.Treat(delivery, operation: null),
            _ => null,
        };
    }

    private ErrorInfo? Control(Delivery delivery, out ErrorInfo? unreadable)
    {
        unreadable = null;
        return
            EventKind.Of(delivery) == EventTypes.TaskCancelled
            && Read(delivery, ContractJson.Default.TaskCancelled, out unreadable) is { } cancelled
            ? trust.Withdraw(delivery, delivery.EngineOf(cancelled))
            : null;
    }

    private T? Read<T>(Delivery delivery, JsonTypeInfo<T> json, out ErrorInfo? unreadable)
        where T : class => delivery.TryRead(json, options.LargestRead, out var value, out unreadable) ? value : null;
}
