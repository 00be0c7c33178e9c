using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;

namespace Integration.Sdk;

/// <summary>Hears which tasks the engine has withdrawn; every replica hears it, as any of them may be at work on one.</summary>
internal sealed class CancellationListener(
    OperationCatalog operations,
    Withdrawals withdrawals,
    IBus bus,
    ServiceDescription service
) : IServiceComponent
{
    private ISubscription? _subscription;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var bindings = operations
            .All.Select(operation => operation.Name)
            .Distinct(StringComparer.Ordinal)
            .Select(name => new Binding(Exchanges.Control, RoutingKeys.Cancel(name)));
        var pipe = new Pipe($"integration.{service.Name}.control.{service.Instance}", [.. bindings])
        {
            Temporary = true,
        };
        _subscription = await bus.SubscribeAsync(pipe, withdrawals.TakeAsync, cancellation);
    }

    public Task StopAsync(CancellationToken cancellation) =>
        _subscription?.StopAsync(TimeSpan.Zero) ?? Task.CompletedTask;
}
