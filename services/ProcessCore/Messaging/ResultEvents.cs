using System.Text.Json.Serialization.Metadata;
using Integration.Bus;
using Integration.Contracts;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Messaging;

/// <summary>What is heard of tasks. Each method returns why the event cannot be taken, or null when it was.</summary>
internal sealed class ResultEvents(InstanceWriter writer, TrustTable trust, CoreOptions options)
{
    private const string UnknownTask = "unknown-task";

    public Task<ErrorInfo?> CompletedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskCompleted,
            e => new ResultSubject(e.TaskId, e.ReplyTo, e.Operation, e.Version),
            (e, key) => new CompleteTask(key, e.Outputs),
            trust.Answer
        );

    public Task<ErrorInfo?> RejectedAsync(Delivery delivery, TraceContext trace) =>
        TakeAsync(
            delivery,
            trace,
            ContractJson.Default.TaskRejected,
            e => new ResultSubject(e.TaskId, e.ReplyTo, e.Operation, e.Version),
            (e, key) => new RejectTask(key, e.Error),
            trust.Answer
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
            trust.Treat
        );

    private async Task<ErrorInfo?> TakeAsync<T>(
        Delivery delivery,
        TraceContext trace,
        JsonTypeInfo<T> json,
        Func<T, ResultSubject> subjectOf,
        Func<T, int, TaskCommand> command,
        Func<Delivery, string?, ErrorInfo?> trusted
    )
        where T : class
    {
        if (!delivery.TryRead(json, options.ResultLimit, out var e, out var error))
            return error.Code == ErrorCodes.MessageTooLarge ? TooLarge(error) : error;

        var subject = subjectOf(e);
        if (trusted(delivery, subject.Operation) is { } distrusted)
            return distrusted;
        if (subject.ReplyTo != options.Name)
            return Mismatch(
                $"It is for the engine '{subject.ReplyTo}', and this one is '{options.Name}' (Core__Name)."
            );
        if (!TaskIds.TryParse(subject.TaskId, out var instanceId, out var key))
            return Unknown(subject.TaskId);
        var work = new InstanceWork(instanceId, command(e, key), trace) { Subject = subject };
        var outcome = await writer.DoAsync(work);
        return outcome.Kind switch
        {
            WorkResultKind.NotFound => Unknown(subject.TaskId),
            WorkResultKind.Mismatched => Mismatch(outcome.Reason!),
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

    // An event of error treatment about such a task comes back to it as a failure of the message, which it reports to no engine.
    private static ErrorInfo Unknown(string taskId) =>
        new(
            ErrorCategory.Data,
            UnknownTask,
            $"The event is about the task \"{taskId}\", which no process instance has asked for. "
                + "Another engine may use the same name (Core__Name), or the database was replaced."
        );

    private static ErrorInfo TooLarge(ErrorInfo error) =>
        error with
        {
            Message =
                $"{error.Message} Or raise Core__ResultLimit of the engine. The task waits for its deadline meanwhile.",
        };
}
