using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>
/// Takes cancellations: stops what is in work here, and ends tasks that wait, and with them what they wait for.
/// </summary>
internal sealed class Withdrawals(
    AskedTasks tasks,
    OperationCatalog operations,
    RunningTasks running,
    TaskPipeline pipeline,
    TrustTable trust,
    Patience patience,
    ILogger<Withdrawals> log
)
{
    public async Task<Settlement> TakeAsync(Delivery delivery, CancellationToken stopping)
    {
        if (!delivery.TryRead(ContractJson.Default.TaskCancelled, Limits.Body, out var cancelled, out var error))
        {
            log.LogWarning("A message on {RoutingKey} is unreadable: {Reason}", delivery.RoutingKey, error.Message);
            return Settlement.Acknowledge;
        }

        var engine = delivery.EngineOf(cancelled);
        // Error treatment gets it as well, and keeps it for an operator.
        if (trust.Withdraw(delivery, engine) is { } refused)
        {
            log.LogWarning("A cancellation is ignored: {Reason}", refused.Message);
            return Settlement.Acknowledge;
        }

        running.Cancel(cancelled, engine);
        if (operations.Asks(cancelled.Operation))
            await EndWaitingAsync(cancelled, engine, stopping);
        return Settlement.Acknowledge;
    }

    private async Task EndWaitingAsync(TaskCancelled cancelled, string? engine, CancellationToken stopping)
    {
        var waiting = await patience.TryAsync(() => tasks.WaitingAsync(engine, cancelled.TaskId, stopping), stopping);
        foreach (var one in waiting)
            await pipeline.WithdrawAsync(
                TaskIdentity.Of(one.Request),
                cancelled.Reason ?? RunningTasks.Withdrawn,
                stopping
            );
    }
}
