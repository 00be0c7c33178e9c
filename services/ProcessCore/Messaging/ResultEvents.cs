using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Bus;
using Integration.Contracts;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Messaging;

/// <summary>What is heard of tasks. Each method returns why the event cannot be taken, or null when it was.</summary>
internal sealed class ResultEvents(InstanceWriter writer, ILogger<ResultEvents> log)
{
    private const string UnknownTask = "unknown-task";

    public Task<ErrorInfo?> CompletedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskCompleted,
            e => e.TaskId,
            (e, key) => new CompleteTask(key, e.Outputs),
            e => e.Outputs.ValueKind == JsonValueKind.Object ? null : "outputs must be a JSON object."
        );

    public Task<ErrorInfo?> RejectedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskRejected,
            e => e.TaskId,
            (e, key) => new RejectTask(key, e.Error),
            e => e.Error.Code.Length > 0 ? null : "error.code is empty."
        );

    public Task<ErrorInfo?> FailedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskFailed,
            e => e.TaskId,
            (e, key) => new FailTask(key, e.Error, e.FailureId)
        );

    public Task<ErrorInfo?> ParkedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskIncident,
            e => e.TaskId,
            (e, key) => new ParkTask(key, e.Error, e.FailureId)
        );

    private async Task<ErrorInfo?> TakeAsync<T>(
        Delivery delivery,
        TraceContext trace,
        JsonTypeInfo<T> json,
        Func<T, string> taskId,
        Func<T, int, Command> command,
        Func<T, string?>? check = null
    )
        where T : class
    {
        // Outputs may be as large as the broker lets them: what a service could send it has checked itself.
        if (!delivery.TryRead(json, int.MaxValue, out var e, out var error))
            return error;
        if (check?.Invoke(e) is { } reason)
            return Unreadable.Malformed(reason);

        var found = TaskIds.TryParse(taskId(e), out var instanceId, out var key);
        if (found)
        {
            var outcome = await writer.DoAsync(new InstanceWork(instanceId!, command(e, key), trace));
            found = outcome.Kind != OutcomeKind.NotFound;
        }

        return found ? null : Unknown(delivery, taskId(e));
    }

    private ErrorInfo? Unknown(Delivery delivery, string taskId)
    {
        // Error treatment holds these already; telling it again would only make it tell us again.
        if (delivery.Properties.Type is EventTypes.TaskIncident or EventTypes.TaskFailed)
        {
            log.LogWarning("{Type} for the task {TaskId}, which is none of ours.", delivery.Properties.Type, taskId);
            return null;
        }

        return new ErrorInfo(
            ErrorCategory.Data,
            UnknownTask,
            $"The result is for the task \"{taskId}\", which no process instance has asked for. "
                + "Another engine may use the same name (Core:Name), or the database was replaced."
        );
    }
}
