using Integration.Bus;
using Integration.Contracts;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Intake;

/// <summary>Reads what a queue gave up.</summary>
internal sealed class DeadReader(EventReader events)
{
    public Occurrence Read(Delivery delivery) =>
        delivery.Exchange == Exchanges.Tasks
            ? events.Task(delivery, request => GivenUp(delivery, $"operation '{request.Operation}'", retryable: true))
            : events.Message(delivery, GivenUp(delivery, $"'{delivery.RoutingKey}'", retryable: false));

    private static ErrorInfo GivenUp(Delivery delivery, string what, bool retryable)
    {
        var queue = delivery.Death?.Queue ?? "unknown";
        var why = delivery.Death?.Reason switch
        {
            "delivery_limit" =>
                "it was delivered again and again and never settled, so the service crashes on it or cannot work at all",
            "expired" => "it waited longer than a policy of the broker allows",
            "maxlen" => "the queue is full",
            "rejected" => "its consumer refused it",
            var other => $"the broker says '{other ?? "nothing"}'",
        };
        return new ErrorInfo(
            ErrorCategory.Internal,
            ErrorCodes.DeliveryLimit,
            $"Queue '{queue}' gave up {what}: {why}. Look at the log of the service that takes from this queue.",
            Retryable: retryable,
            Target: queue
        );
    }
}
