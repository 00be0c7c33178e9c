using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>
/// Where a service hears what becomes of inner tasks, if an operation asks for any: a durable queue that the replicas share. It
/// has the cancellations of those operations, too, as a task that waits must hear of its own although no replica runs.
/// </summary>
internal sealed class AnswerPipe(
    OperationCatalog operations,
    Answers answers,
    Withdrawals withdrawals,
    ServiceDescription service,
    IOptions<PipelineOptions> options
)
{
    private const string Own = "results";

    /// <summary>Null where no operation asks.</summary>
    /// <exception cref="InvalidOperationException">An operation has the pipe of this name.</exception>
    public Pipe? Find()
    {
        var asking = operations.All.Where(operation => operation.Asks.Count > 0).ToList();
        if (asking.Count == 0)
            return null;
        if (operations.All.FirstOrDefault(operation => operation.Pipe == Own) is { } taken)
            throw new InvalidOperationException(
                $"{taken.Type} has the pipe '{Own}', whose queue is the one for the answers to what "
                    + $"{asking[0].Type} asks; give it another pipe."
            );
        return new Pipe(
            $"integration.{service.Name}.{Own}",
            [
                new Binding(Exchanges.Results, RoutingKeys.Engine(service.Name)),
                .. asking
                    .Select(operation => operation.Name)
                    .Distinct(StringComparer.Ordinal)
                    .Select(name => new Binding(Exchanges.Control, RoutingKeys.Cancel(name))),
            ]
        )
        {
            Prefetch = options.Value.Prefetch,
            DeliveryLimit = options.Value.DeliveryLimit,
        };
    }

    public Task<Settlement> HandleAsync(Delivery delivery, CancellationToken stopping) =>
        delivery.Exchange == Exchanges.Control
            ? withdrawals.TakeAsync(delivery, stopping)
            : answers.HandleAsync(delivery, stopping);
}
