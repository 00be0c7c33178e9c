using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// Hears which tasks the engine has withdrawn, and who wants to know what the service can do. Every replica hears it, as any of them
/// may be at work on a task.
/// </summary>
internal sealed class ControlListener(
    OperationCatalog operations,
    RunningTasks running,
    Presence presence,
    IBus bus,
    TrustTable trust,
    ServiceDescription service,
    ILogger<ControlListener> log
) : IServiceComponent
{
    private ISubscription? _subscription;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var bindings = operations
            .All.Select(operation => operation.Name)
            .Distinct(StringComparer.Ordinal)
            .Select(name => new Binding(Exchanges.Control, RoutingKeys.Cancel(name)))
            .Append(new Binding(Exchanges.Control, RoutingKeys.Describe(service.Name)));
        var pipe = new Pipe($"integration.{service.Name}.control.{service.Instance}", [.. bindings])
        {
            Temporary = true,
        };
        _subscription = await bus.SubscribeAsync(pipe, HandleAsync, cancellation);
    }

    public Task StopAsync(CancellationToken cancellation) =>
        _subscription?.StopAsync(TimeSpan.Zero) ?? Task.CompletedTask;

    private Task<Settlement> HandleAsync(Delivery delivery, CancellationToken stopping)
    {
        ErrorInfo? error;
        if (EventKind.Of(delivery) == EventTypes.AnnouncementRequested)
        {
            if (delivery.TryRead(ContractJson.Default.AnnouncementRequested, Limits.Body, out var request, out error))
                presence.Ask(request);
        }
        else if (delivery.TryRead(ContractJson.Default.TaskCancelled, Limits.Body, out var cancelled, out error))
        {
            var engine = delivery.EngineOf(cancelled);
            // Error treatment gets it as well, and keeps it for an operator.
            if (trust.Withdraw(delivery, engine) is { } refused)
                log.LogWarning("A cancellation is ignored: {Reason}", refused.Message);
            else
                running.Cancel(cancelled, engine);
        }

        if (error is not null)
            log.LogWarning("A message on {RoutingKey} is unreadable: {Reason}", delivery.RoutingKey, error.Message);
        return Task.FromResult(Settlement.Acknowledge);
    }
}
