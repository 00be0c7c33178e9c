using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Bus;
using Integration.Contracts;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Messaging;

/// <summary>What is heard of tasks. Each method returns why the event cannot be taken, or null when it was.</summary>
internal sealed class ResultEvents(
    InstanceWriter writer,
    TrustTable trust,
    CoreOptions options,
    ILogger<ResultEvents> log
)
{
    private const string UnknownTask = "unknown-task";

    public Task<ErrorInfo?> CompletedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskCompleted,
            e => new ResultSubject(e.TaskId, e.ReplyTo, e.Operation, e.Version),
            (e, key) => new CompleteTask(key, e.Outputs),
            trust.Answer,
            e => e.Outputs.ValueKind == JsonValueKind.Object ? null : "outputs must be a JSON object."
        );

    public Task<ErrorInfo?> RejectedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskRejected,
            e => new ResultSubject(e.TaskId, e.ReplyTo, e.Operation, e.Version),
            (e, key) => new RejectTask(key, e.Error),
            trust.Answer,
            e => e.Error.Code.Length > 0 ? null : "error.code is empty."
        );

    public Task<ErrorInfo?> FailedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskFailed,
            e => new ResultSubject(e.TaskId, e.ReplyTo, e.Operation),
            (e, key) => new FailTask(key, e.Error, e.FailureId),
            trust.Answer
        );

    public Task<ErrorInfo?> ParkedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskIncident,
            e => new ResultSubject(e.TaskId, e.ReplyTo, e.Operation),
            (e, key) => new ParkTask(key, e.Error, e.FailureId),
            (from, _) => trust.Treat(from)
        );

    private async Task<ErrorInfo?> TakeAsync<T>(
        Delivery delivery,
        TraceContext trace,
        JsonTypeInfo<T> json,
        Func<T, ResultSubject> subjectOf,
        Func<T, int, Command> command,
        Func<Delivery, string?, ErrorInfo?> trusted,
        Func<T, string?>? check = null
    )
        where T : class
    {
        // Outputs may be as large as the broker lets them: what a service could send it has checked itself.
        if (!delivery.TryRead(json, int.MaxValue, out var e, out var error))
            return error;
        if (check?.Invoke(e) is { } reason)
            return Unreadable.Malformed(reason);

        var subject = subjectOf(e);
        if (trusted(delivery, subject.Operation) is { } distrusted)
            return distrusted;
        if (subject.ReplyTo != options.Name)
            return Mismatch($"It is for the engine '{subject.ReplyTo}', and this one is '{options.Name}' (Core:Name).");
        if (!TaskIds.TryParse(subject.TaskId, out var instanceId, out var key))
            return Unknown(delivery, subject.TaskId);
        var work = new InstanceWork(instanceId, command(e, key), trace) { Subject = subject };
        var outcome = await writer.DoAsync(work);
        return outcome.Kind switch
        {
            OutcomeKind.NotFound => Unknown(delivery, subject.TaskId),
            OutcomeKind.Mismatched => Mismatch(outcome.Reason!),
            _ => null,
        };
    }

    private static ErrorInfo Mismatch(string reason) =>
        new(
            ErrorCategory.Data,
            ErrorCodes.ResultMismatch,
            $"The result does not belong to the task that it names: nothing was done with it. {reason} Correct the service "
                + "that sent it, and give this message up."
        );

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
