using Integration.Bus;
using Integration.Contracts;
using Integration.Errors;
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
    Patience patience,
    ILogger<Asking> log,
    IPipelineProbe? probe = null
)
{
    /// <summary>Where the answers go. Engines and services have one list of names: their queues are called by them.</summary>
    public string ReplyTo => service.Name;

    /// <summary>What waits under the id of a task, whatever operation is asked for now; null when nothing does.</summary>
    public async Task<HeldTask?> FindAsync(TaskRequested request, CancellationToken stopping)
    {
        var (waiting, asked) = await PatientlyAsync(
            () => tasks.LoadAsync(TaskIdentity.Of(request), stopping),
            stopping
        );
        return waiting is null ? null : new HeldTask(waiting, asked);
    }

    /// <summary>Before a run of an operation that asks.</summary>
    /// <param name="operation">The operation that asks.</param>
    /// <param name="task">The attempt that runs; none that is later waits.</param>
    /// <param name="effect">Of this task.</param>
    /// <param name="held">What an earlier run has left.</param>
    /// <param name="stopping">The end of the process.</param>
    public async Task<Questions> BeginAsync(
        OperationDescription operation,
        JournalTask task,
        Effect effect,
        HeldTask? held,
        CancellationToken stopping
    )
    {
        var request = task.Request;
        if (effect == Effect.Once)
            throw new InternalErrorException(
                Questions.AskedWrongly,
                $"'{operation.Name}' asks other services, and EffectOf says Once: it runs again from its beginning after each "
                    + "answer. Put what may happen only once into an operation that it asks."
            )
            {
                Retryable = false,
            };
        if (held is null)
            return new Questions(operation, task, [], this);
        if (request.Attempt > held.Waiting.Request.Attempt)
        {
            var renewed = new WaitingTask(request, task.Fingerprint, held.Waiting.PlainKey);
            await PatientlyAsync(() => DoneAsync(tasks.RenewAsync(renewed, stopping)), stopping);
        }

        return new Questions(operation, task with { PlainKey = held.Waiting.PlainKey }, held.Asked, this);
    }

    /// <summary>The latest attempt of a task that waits; null when none does.</summary>
    public async Task<TaskRequested?> WaitingAsync(TaskIdentity outer, CancellationToken stopping) =>
        (await PatientlyAsync(() => tasks.WaitingAsync(outer.Engine, outer.TaskId, stopping), stopping))
            .SingleOrDefault()
            ?.Request;

    /// <summary>A task that waits, as if it were delivered.</summary>
    public Delivery DeliveryOf(TaskRequested outer)
    {
        var message = messages.Of(outer);
        return new Delivery(message.Exchange, message.RoutingKey, message.Properties, message.Body, Redelivered: true);
    }

    public Question Question(string step, TaskRequested outer, (string Name, int Version, object Inputs) wanted)
    {
        var question = Sdk.Question.Of(step, outer, ReplyTo, wanted, messages, options.Value.BodyLimit);
        // Masked, it would be another task; as it is, it would carry the secret away.
        if (!mask.IsEmpty && !mask.ApplyToJson(question.Message.Body).Equals(question.Message.Body))
            throw new DataErrorException(
                Questions.SecretInInputs,
                $"The inputs of step '{step}' ({wanted.Name}) hold the value of a secret. Name the secret instead: the service "
                    + "that uses it resolves it."
            );
        return question;
    }

    /// <exception cref="ConnectivityErrorException">The deadline has passed: no engine would wait for the answer.</exception>
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

    public async Task<AskedTask> RecordAsync(Question question, JournalTask task, CancellationToken cancellation)
    {
        var outer = task.Request;
        var waiting = new WaitingTask(outer, task.Fingerprint, task.PlainKey);
        var recorded = await PatientlyAsync(
            () => tasks.AddAsync(waiting, question.ToAsked(outer), cancellation),
            cancellation
        );
        await ReachedAsync(PipelineStep.Asked, outer, cancellation);
        return recorded;
    }

    /// <summary>Publishes what is not known to be published. Twice is harmless: it is the same task.</summary>
    public async Task PublishAsync(Question question, AskedTask asked, CancellationToken cancellation)
    {
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
    }

    /// <summary>Keeps the question from being published again.</summary>
    public async Task NotePublishedAsync(AskedTask asked, TaskRequested outer, CancellationToken cancellation)
    {
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
        var (waiting, asked) = await PatientlyAsync(() => tasks.LoadAsync(TaskIdentity.Of(outer), stopping), stopping);
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

        await PatientlyAsync(() => DoneAsync(tasks.ForgetAsync(TaskIdentity.Of(outer), stopping)), stopping);
    }

    private Task<T> PatientlyAsync<T>(Func<Task<T>> ask, CancellationToken stopping) =>
        patience.TryAsync(ask, stopping);

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }

    private Task ReachedAsync(PipelineStep step, TaskRequested outer, CancellationToken stopping) =>
        probe is null ? Task.CompletedTask : probe.ReachedAsync(step, outer, stopping);
}
