using Integration.Bus;
using Integration.Contracts;
using Integration.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integration.Sdk;

/// <summary>
/// How the tasks of this service ask other services. The question is recorded together with the outer task, then published;
/// then the outer task's delivery ends. Its answer has the outer task run again, see <see cref="Answers"/>.
/// </summary>
internal sealed class Asking(
    AskedTasks tasks,
    IBus bus,
    EventMessages messages,
    ServiceDescription service,
    SecretMask mask,
    IOptions<PipelineOptions> options,
    TimeProvider time,
    ILogger<Asking> log,
    IPipelineProbe? probe = null
)
{
    /// <summary>Where the answers go.</summary>
    public string ReplyTo { get; } = RoutingKeys.AskingService(service.Name);

    /// <summary>Before a run of an operation that asks. Null when a later attempt of the same task waits already.</summary>
    /// <exception cref="DataErrorException">The task that waits under this id is another one.</exception>
    public async Task<Questions?> BeginAsync(
        OperationDescription operation,
        TaskRequested request,
        Effect effect,
        bool failedBefore,
        CancellationToken stopping
    )
    {
        if (effect == Effect.Once)
            throw new InternalErrorException(
                Questions.AskedWrongly,
                $"'{operation.Name}' asks other services, and EffectOf says Once: it runs again from its beginning after each "
                    + "answer. Put what may happen only once into an operation that it asks."
            )
            {
                Retryable = false,
            };
        var (waiting, asked) = await PatientlyAsync(
            () => tasks.LoadAsync(request.ReplyTo, request.TaskId, stopping),
            stopping
        );
        if (waiting is null)
            return new Questions(operation, request, [], this);

        var fingerprint = TaskFingerprint.Of(request);
        if (!failedBefore && !fingerprint.AsSpan().SequenceEqual(waiting.Fingerprint))
            throw TaskFingerprint.InUse(request);
        if (request.Attempt < waiting.Request.Attempt)
            return null;
        if (request.Attempt > waiting.Request.Attempt)
        {
            var renewed = new WaitingTask(request, fingerprint);
            await PatientlyAsync(() => DoneAsync(tasks.RenewAsync(renewed, stopping)), stopping);
        }

        return new Questions(operation, request, asked, this);
    }

    /// <summary>The latest attempt of a task that waits; null when none does.</summary>
    public async Task<TaskRequested?> WaitingAsync(string replyTo, string taskId, CancellationToken stopping) =>
        (await PatientlyAsync(() => tasks.WaitingAsync(replyTo, taskId, stopping), stopping))
            .SingleOrDefault()
            ?.Request;

    public Question Question(string step, TaskRequested outer, (string Name, int Version, object Inputs) wanted)
    {
        var question = Sdk.Question.Of(step, outer, ReplyTo, wanted, messages, options.Value.BodyLimit);
        // Masked, it would be another task; as it is, it would carry the secret away.
        if (!mask.IsEmpty && !mask.ApplyToJson(question.Message.Body).Span.SequenceEqual(question.Message.Body.Span))
            throw new DataErrorException(
                Questions.SecretInInputs,
                $"The inputs of step '{step}' ({wanted.Name}) hold the value of a secret. Name the secret instead: the service "
                    + "that uses it resolves it."
            );
        return question;
    }

    /// <exception cref="ConnectivityErrorException">Nobody would wait for the answer.</exception>
    public void CheckDeadline(TaskRequested outer, string step)
    {
        if (outer.Deadline is { } deadline && deadline <= time.GetUtcNow())
            throw new ConnectivityErrorException(
                ErrorCodes.DeadlinePassed,
                $"The deadline {deadline:O} passed before step '{step}' was asked."
            )
            {
                Retryable = false,
            };
    }

    public async Task<AskedTask> RecordAsync(Question question, TaskRequested outer, CancellationToken cancellation)
    {
        var waiting = new WaitingTask(outer, TaskFingerprint.Of(outer));
        var recorded = await PatientlyAsync(
            () => tasks.AddAsync(waiting, question.ToAsked(outer), cancellation),
            cancellation
        );
        await ReachedAsync(PipelineStep.Asked, outer, cancellation);
        return recorded;
    }

    /// <summary>Publishes what is not known to be published. Twice is harmless: it is the same task.</summary>
    public async Task PublishAsync(
        Question question,
        AskedTask asked,
        TaskRequested outer,
        CancellationToken cancellation
    )
    {
        if (asked.State == AskedState.Open)
            return;
        try
        {
            await bus.PublishAsync(question.Message, cancellation);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new AccessErrorException(
                Questions.MayNotAsk,
                $"The broker does not let '{service.Name}' ask for '{asked.Operation}' (step '{asked.Step}'): {e.Message}",
                e
            );
        }

        await ReachedAsync(PipelineStep.InnerPublished, outer, cancellation);
        await PatientlyAsync(() => DoneAsync(tasks.PublishedAsync(asked.InnerId, cancellation)), cancellation);
        log.LogInformation(
            "Task {TaskId} waits for its step '{Step}': task {InnerTaskId} ({Operation})",
            outer.TaskId,
            asked.Step,
            asked.InnerId,
            asked.Operation
        );
    }

    /// <summary>The outer task has ended: what it still waits for is withdrawn, then everything is forgotten.</summary>
    public async Task EndAsync(TaskRequested outer, CancellationToken stopping)
    {
        var (waiting, asked) = await PatientlyAsync(
            () => tasks.LoadAsync(outer.ReplyTo, outer.TaskId, stopping),
            stopping
        );
        if (waiting is null)
            return;
        foreach (var open in asked.Where(one => one.IsOpen))
        {
            var withdrawn = new TaskCancelled(
                open.InnerId,
                open.Operation,
                time.GetUtcNow(),
                $"Task {outer.TaskId} ({outer.Operation}), which asked for it, has ended.",
                ReplyTo
            );
            await bus.PublishAsync(messages.Of(withdrawn), stopping);
        }

        await PatientlyAsync(() => DoneAsync(tasks.ForgetAsync(outer.ReplyTo, outer.TaskId, stopping)), stopping);
    }

    private Task<T> PatientlyAsync<T>(Func<Task<T>> ask, CancellationToken stopping) =>
        Patience.AskAsync(ask, time, log, stopping);

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }

    private Task ReachedAsync(PipelineStep step, TaskRequested outer, CancellationToken stopping) =>
        probe is null ? Task.CompletedTask : probe.ReachedAsync(step, outer, stopping);
}
