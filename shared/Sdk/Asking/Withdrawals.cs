using Integration.Contracts;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>Ends tasks that wait, and with them what they wait for, when their engine has withdrawn them.</summary>
internal sealed class Withdrawals(
    AskedTasks tasks,
    OperationCatalog operations,
    TaskPipeline pipeline,
    TimeProvider time,
    ILogger<Withdrawals> log
)
{
    /// <param name="cancelled">What was withdrawn.</param>
    /// <param name="replyTo">The engine; null for every engine's task of that id.</param>
    /// <param name="stopping">Ends the patience with the database.</param>
    public async Task WithdrawAsync(TaskCancelled cancelled, string? replyTo, CancellationToken stopping)
    {
        if (!operations.All.Any(operation => operation.Name == cancelled.Operation && operation.Asks.Count > 0))
            return;
        var waiting = await Patience.AskAsync(
            () => tasks.WaitingAsync(replyTo, cancelled.TaskId, stopping),
            time,
            log,
            stopping
        );
        foreach (var one in waiting)
            await pipeline.WithdrawAsync(one.Request, cancelled.Reason ?? RunningTasks.Withdrawn, stopping);
    }
}
