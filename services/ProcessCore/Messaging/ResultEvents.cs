using System.Text.Json.Serialization.Metadata;
using Integration.Bus;
using Integration.Contracts;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Messaging;

/// <summary>What is heard of tasks. Each method returns why the event cannot be taken, or null when it was.</summary>
internal sealed class ResultEvents(InstanceWriter writer, CoreOptions options)
{
    private const string UnknownTask = "unknown-task";

    public Task<ErrorInfo?> CompletedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskCompleted,
            e => e.TaskId,
            (e, key) => new CompleteTask(key, e.Outputs)
        );

    public Task<ErrorInfo?> RejectedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskRejected,
            e => e.TaskId,
            (e, key) => new RejectTask(key, e.Error)
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
        Func<T, int, Command> command
    )
        where T : class
    {
        if (!delivery.TryRead(json, options.ResultLimit, out var e, out var error))
            return error.Code == ErrorCodes.MessageTooLarge ? TooLarge(error) : error;

        var found = TaskIds.TryParse(taskId(e), out var instanceId, out var key);
        if (found)
        {
            var outcome = await writer.DoAsync(new InstanceWork(instanceId!, command(e, key), trace));
            found = outcome.Kind != OutcomeKind.NotFound;
        }

        return found ? null : Unknown(taskId(e));
    }

    // What error treatment tells of a task comes back to it as a failure of the message, and that it tells nobody.
    private static ErrorInfo Unknown(string taskId) =>
        new(
            ErrorCategory.Data,
            UnknownTask,
            $"The event is about the task \"{taskId}\", which no process instance has asked for. "
                + "Another engine may use the same name (Core:Name), or the database was replaced."
        );

    private static ErrorInfo TooLarge(ErrorInfo error) =>
        error with
        {
            Message =
                $"{error.Message} Or raise Core:ResultLimit of the engine. The task waits for its deadline meanwhile.",
        };
}
