using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>
/// Subscribes what becomes of inner tasks, where an operation asks for any: a durable queue that the replicas share. It has
/// the cancellations of those operations, too, as a task that waits must hear of its own although no replica runs.
/// </summary>
internal sealed class AnswerConsumer(
    OperationCatalog operations,
    Answers answers,
    Withdrawals withdrawals,
    IBus bus,
    ServiceDescription service,
    IOptions<PipelineOptions> options
) : IServiceComponent
{
    private const string Own = "results";
    private ISubscription? _subscription;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var asking = operations.All.Where(operation => operation.Asks.Count > 0).ToList();
        if (asking.Count == 0)
            return;
        if (operations.All.FirstOrDefault(operation => operation.Pipe == Own) is { } taken)
            throw new InvalidOperationException(
                $"{taken.Type} has the pipe '{Own}', whose queue is the one for the answers to what "
                    + $"{asking[0].Type} asks; give it another pipe."
            );
        var pipe = new Pipe(
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
        _subscription = await bus.SubscribeAsync(pipe, HandleAsync, cancellation);
    }

    public Task StopAsync(CancellationToken cancellation) =>
        _subscription?.StopAsync(options.Value.ShutdownGrace) ?? Task.CompletedTask;

    private Task<Settlement> HandleAsync(Delivery delivery, CancellationToken stopping) =>
        delivery.Exchange == Exchanges.Control
            ? withdrawals.TakeAsync(delivery, stopping)
            : answers.HandleAsync(delivery, stopping);
}
