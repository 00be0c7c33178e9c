using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>
/// Subscribes the service's pipes: one for all operations, one for each that wants its own, one for answers to what they ask.
/// </summary>
internal sealed class TaskConsumers(
    OperationCatalog operations,
    TaskPipeline pipeline,
    AnswerPipe answers,
    IBus bus,
    ServiceDescription service,
    IOptions<PipelineOptions> options
) : IServiceComponent
{
    private readonly List<ISubscription> _subscriptions = [];

    public async Task StartAsync(CancellationToken cancellation)
    {
        if (answers.Find() is { } own)
            _subscriptions.Add(await bus.SubscribeAsync(own, answers.HandleAsync, cancellation));
        foreach (var pipe in Pipes())
            _subscriptions.Add(await bus.SubscribeAsync(pipe, pipeline.HandleAsync, cancellation));
    }

    public Task StopAsync(CancellationToken cancellation) =>
        Task.WhenAll(_subscriptions.Select(subscription => subscription.StopAsync(options.Value.ShutdownGrace)));

    private IEnumerable<Pipe> Pipes() =>
        operations
            .All.GroupBy(operation => operation.Pipe)
            .Select(pipe => new Pipe(
                pipe.Key is null ? $"integration.{service.Name}" : $"integration.{service.Name}.{pipe.Key}",
                [
                    .. pipe.Select(operation => new Binding(
                        Exchanges.Tasks,
                        RoutingKeys.Task(operation.Name, operation.Version)
                    )),
                ]
            )
            {
                Prefetch = options.Value.Prefetch,
                DeliveryLimit = options.Value.DeliveryLimit,
            });
}
