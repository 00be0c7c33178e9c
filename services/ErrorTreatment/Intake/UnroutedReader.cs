using Integration.Bus;
using Integration.Contracts;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Intake;

/// <summary>Reads messages that no queue was bound for.</summary>
internal sealed class UnroutedReader(EventReader events)
{
    public Occurrence? Read(Delivery delivery) =>
        delivery.Exchange switch
        {
            Exchanges.Tasks => events.Task(delivery, NoService),
            // Published before error treatment was deployed for the first time.
            Exchanges.Errors or Exchanges.Control => events.Event(delivery),
            // The incident stands in the list of failures already; reporting that it found no reader would only double it.
            Exchanges.Results when EventKind.Of(delivery) == EventTypes.TaskIncident => null,
            Exchanges.Results => events.Message(delivery, NoEngine(delivery)),
            Exchanges.Inbound => events.Message(delivery, NoReceiver(delivery)),
            _ => events.Event(delivery),
        };

    private static ErrorInfo NoService(TaskRequested request) =>
        new(
            ErrorCategory.Connectivity,
            ErrorCodes.NoService,
            $"No service consumes operation '{request.Operation}' version {request.Version}: nothing is bound to "
                + $"{Exchanges.Tasks} for '{RoutingKeys.Task(request.Operation, request.Version)}'. Start the service that has "
                + "it, or correct the operation in the process and give this task up.",
            Retryable: true,
            Target: Exchanges.Tasks
        );

    private static ErrorInfo NoEngine(Delivery delivery) =>
        new(
            ErrorCategory.Connectivity,
            "no-engine",
            $"No engine takes results for '{delivery.RoutingKey}': no queue is bound to {Exchanges.Results} for it. Start the "
                + "engine (its replyTo must be the key that it binds), then send this message again.",
            Target: Exchanges.Results
        );

    private static ErrorInfo NoReceiver(Delivery delivery) =>
        new(
            ErrorCategory.Connectivity,
            "no-receiver",
            $"No process engine takes '{delivery.RoutingKey}': no queue is bound to {Exchanges.Inbound} for it. "
                + (
                    delivery.RoutingKey.StartsWith("engine.", StringComparison.Ordinal)
                        ? "Start the engine that it names, or correct the name (Core__Name of the process core)."
                        : "Start the process core. One that is not called process-core takes what names no engine only when "
                            + "Core__DefaultEngine is true there; or name the engine, in the field engine and in the routing key."
                )
                + " Then send this message again.",
            Retryable: true,
            Target: Exchanges.Inbound
        );
}
