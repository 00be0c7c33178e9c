using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>Hears which tasks the engine has withdrawn; every replica hears it, as any of them may be at work on one.</summary>
internal sealed class CancellationListener(
    OperationCatalog operations,
    RunningTasks running,
    Withdrawals withdrawals,
    IBus bus,
    ServiceDescription service,
    ILogger<CancellationListener> log
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
        _subscription = await bus.SubscribeAsync(pipe, HandleAsync, cancellation);
    }

    public Task StopAsync(CancellationToken cancellation) =>
        _subscription?.StopAsync(TimeSpan.Zero) ?? Task.CompletedTask;

    private async Task<Settlement> HandleAsync(Delivery delivery, CancellationToken stopping)
    {
        if (delivery.TryRead(ContractJson.Default.TaskCancelled, Limits.Body, out var cancelled, out var error))
        {
            running.Cancel(cancelled);
            await withdrawals.WithdrawAsync(cancelled, cancelled.ReplyTo, stopping);
        }
        else
            log.LogWarning("A cancellation is unreadable: {Reason}", error.Message);
        return Settlement.Acknowledge;
    }
}
