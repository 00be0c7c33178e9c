using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>
/// Takes what becomes of the tasks that this service has asked for: records the answer, then runs the outer task again. The
/// delivery is acknowledged when that run has its outcome, or waits for the next answer.
/// </summary>
internal sealed class Answers(
    AskedTasks tasks,
    Asking asking,
    TaskPipeline pipeline,
    OutcomeEvents events,
    EventMessages messages,
    IBus bus,
    TrustTable trust,
    IOptions<PipelineOptions> options,
    Patience patience,
    ILogger<Answers> log,
    IPipelineProbe? probe = null
)
{
    // A replay is a little larger than the answer, which may have been of exactly the limit.
    private int Largest => options.Value.BodyLimit + Limits.Retry;

    public async Task<Settlement> HandleAsync(Delivery delivery, CancellationToken stopping)
    {
        switch (EventKind.Of(delivery))
        {
            case EventTypes.TaskCompleted:
                await AnswerAsync(delivery, ContractJson.Default.TaskCompleted, AskedState.Completed, Of, stopping);
                break;
            case EventTypes.TaskRejected:
                await AnswerAsync(delivery, ContractJson.Default.TaskRejected, AskedState.Rejected, Of, stopping);
                break;
            case EventTypes.TaskFailed:
                await AnswerAsync(delivery, ContractJson.Default.TaskFailed, AskedState.Failed, Of, stopping);
                break;
            case EventTypes.TaskIncident:
                await PassOnAsync(delivery, stopping);
                break;
            default:
                await RefuseAsync(delivery, $"'{delivery.Properties.Type}' is no result of a task.", stopping);
                break;
        }

        return Settlement.Acknowledge;
    }

    private async Task AnswerAsync<T>(
        Delivery delivery,
        JsonTypeInfo<T> json,
        AskedState state,
        Func<T, Claim> claimOf,
        CancellationToken stopping
    )
        where T : class
    {
        var body = delivery.Body.ToArray();
        AskedTask? asked;
        if (delivery.TryRead(json, Largest, out var answer, out var unreadable))
        {
            var claim = claimOf(answer);
            asked = await FindAsync(claim.TaskId, stopping);
            if (asked is not null && trust.Answer(delivery, asked.Operation) is { } distrusted)
            {
                await RefuseAsync(delivery, distrusted, stopping);
                return;
            }

            if (asked is not null && claim.Contradicts(asked, asking.ReplyTo) is { } reason)
            {
                await RefuseAsync(delivery, reason, stopping);
                return;
            }
        }
        else
        {
            asked = await FindAsync(delivery.Properties.CorrelationId, stopping);
            if (asked is null)
            {
                await bus.PublishAsync(events.Unreadable(delivery, unreadable), stopping);
                return;
            }

            if (trust.Answer(delivery, asked.Operation) is { } distrusted)
            {
                await RefuseAsync(delivery, distrusted, stopping);
                return;
            }

            state = AskedState.Unusable;
            body = JsonSerializer.SerializeToUtf8Bytes(unreadable, ContractJson.Default.ErrorInfo);
        }

        if (asked is null)
        {
            // A repeated or late answer: its outer task has ended.
            log.LogInformation(
                "Nothing waits for {Type} of task {TaskId}",
                delivery.Properties.Type,
                delivery.Properties.CorrelationId
            );
            return;
        }

        await RecordAsync(asked, state, body, stopping);
    }

    private async Task RecordAsync(AskedTask asked, AskedState state, byte[] answer, CancellationToken stopping)
    {
        var waiting = await WaitingAsync(asked, stopping);
        if (waiting is null)
            return;
        await ReachedAsync(PipelineStep.AnswerTaken, waiting.Request, stopping);
        await PatientlyAsync(
            async () =>
            {
                await tasks.AnswerAsync(asked.InnerId, state, answer, stopping);
                return true;
            },
            stopping
        );
        await ReachedAsync(PipelineStep.AnswerRecorded, waiting.Request, stopping);
        await pipeline.ResumeAsync(asked.Outer, stopping);
    }

    /// <summary>A task that waits for an operator makes the task wait that asked for it: its engine shows the same failure.</summary>
    private async Task PassOnAsync(Delivery delivery, CancellationToken stopping)
    {
        if (!delivery.TryRead(ContractJson.Default.TaskIncident, Largest, out var incident, out var unreadable))
        {
            await bus.PublishAsync(events.Unreadable(delivery, unreadable), stopping);
            return;
        }

        if (
            await FindAsync(incident.TaskId, stopping) is not { IsOpen: true } asked
            || await WaitingAsync(asked, stopping) is not { Request: { } outer }
        )
            return;
        if (trust.Treat(delivery, asked.Operation) is { } distrusted)
        {
            await RefuseAsync(delivery, distrusted, stopping);
            return;
        }

        var outside = incident with
        {
            TaskId = outer.TaskId,
            ReplyTo = outer.ReplyTo,
            Attempt = outer.Attempt,
            Operation = outer.Operation,
            Process = outer.Process,
            Error = incident.Error with
            {
                Message =
                    $"Step '{asked.Step}' ({asked.Operation}, task {asked.InnerId}) waits for an operator. {incident.Error.Message}",
            },
        };
        await bus.PublishAsync(messages.Of(outside), stopping);
    }

    private Task RefuseAsync(Delivery delivery, string reason, CancellationToken stopping) =>
        RefuseAsync(
            delivery,
            new ErrorInfo(ErrorCategory.Data, ErrorCodes.ResultMismatch, $"The result is refused: {reason}"),
            stopping
        );

    private Task RefuseAsync(Delivery delivery, ErrorInfo error, CancellationToken stopping)
    {
        log.LogWarning(
            "A result for task {TaskId} is refused: {Reason}",
            delivery.Properties.CorrelationId,
            error.Message
        );
        return bus.PublishAsync(events.Unreadable(delivery, error), stopping);
    }

    private Task<AskedTask?> FindAsync(string? innerId, CancellationToken stopping) =>
        string.IsNullOrEmpty(innerId)
            ? Task.FromResult<AskedTask?>(null)
            : PatientlyAsync(() => tasks.FindAsync(innerId, stopping), stopping);

    private async Task<WaitingTask?> WaitingAsync(AskedTask asked, CancellationToken stopping)
    {
        var waiting = await PatientlyAsync(() => tasks.WaitingAsync(asked.ReplyTo, asked.TaskId, stopping), stopping);
        return waiting.SingleOrDefault();
    }

    private Task<T> PatientlyAsync<T>(Func<Task<T>> ask, CancellationToken stopping) =>
        patience.TryAsync(ask, stopping);

    private Task ReachedAsync(PipelineStep step, TaskRequested outer, CancellationToken stopping) =>
        probe is null ? Task.CompletedTask : probe.ReachedAsync(step, outer, stopping);

    private static Claim Of(TaskCompleted e) => new(e.TaskId, e.ReplyTo, e.Operation, e.Version);

    private static Claim Of(TaskRejected e) => new(e.TaskId, e.ReplyTo, e.Operation, e.Version);

    private static Claim Of(TaskFailed e) => new(e.TaskId, e.ReplyTo, e.Operation, Version: null);

    /// <summary>Which task an answer says that it is about.</summary>
    private sealed record Claim(string TaskId, string ReplyTo, string? Operation, int? Version)
    {
        public string? Contradicts(AskedTask asked, string replyTo) =>
            ReplyTo != replyTo ? $"It is for '{ReplyTo}', and this is '{replyTo}'."
            : (Operation ?? asked.Operation) != asked.Operation || (Version ?? asked.Version) != asked.Version
                ? $"It is about '{Operation}' version {Version}; '{asked.Operation}' version {asked.Version} was asked for."
            : null;
    }
}
