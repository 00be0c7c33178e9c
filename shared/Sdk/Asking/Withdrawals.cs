using Integration.Bus;
using Integration.Contracts;
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
    TimeProvider time,
    ILogger<Withdrawals> log
)
{
    public async Task<Settlement> TakeAsync(Delivery delivery, CancellationToken stopping)
    {
        if (delivery.TryRead(ContractJson.Default.TaskCancelled, Limits.Body, out var cancelled, out var error))
        {
            var engine = delivery.EngineOf(cancelled);
            running.Cancel(cancelled, engine);
            if (operations.Asks(cancelled.Operation))
                await EndWaitingAsync(cancelled, engine, stopping);
        }
        else
            log.LogWarning("A cancellation is unreadable: {Reason}", error.Message);
        return Settlement.Acknowledge;
    }

    private async Task EndWaitingAsync(TaskCancelled cancelled, string? engine, CancellationToken stopping)
    {
        var waiting = await Patience.AskAsync(
            () => tasks.WaitingAsync(engine, cancelled.TaskId, stopping),
            time,
            log,
            stopping
        );
        foreach (var one in waiting)
            await pipeline.WithdrawAsync(
                TaskIdentity.Of(one.Request),
                cancelled.Reason ?? RunningTasks.Withdrawn,
                stopping
            );
    }
}
