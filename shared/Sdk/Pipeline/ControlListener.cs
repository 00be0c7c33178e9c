using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// Hears which tasks the engine has withdrawn, and requests for what the service can do. Every replica hears it, as any of them
/// may be at work on a task.
/// </summary>
internal sealed class ControlListener(
    OperationCatalog operations,
    Withdrawals withdrawals,
    Presence presence,
    IBus bus,
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
        if (EventKind.Of(delivery) != EventTypes.AnnouncementRequested)
            return withdrawals.TakeAsync(delivery, stopping);
        if (delivery.TryRead(ContractJson.Default.AnnouncementRequested, Limits.Body, out var request, out var error))
            presence.Ask(request);
        else
            log.LogWarning("A message on {RoutingKey} is unreadable: {Reason}", delivery.RoutingKey, error.Message);
        return Task.FromResult(Settlement.Acknowledge);
    }
}
