using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>The task that an operation works on.</summary>
public sealed class TaskContext
{
    /// <summary>The request as it came.</summary>
    public required TaskRequested Request { get; init; }

    /// <summary>Of all tasks of its engine, <see cref="TaskRequested.ReplyTo"/>, unique for ever.</summary>
    public string TaskId => Request.TaskId;

    /// <summary>
    /// What a target that knows idempotency keys gets: the same for every attempt, and no other task's. At most 250 characters.
    /// It is the task id for the first engine that a service has worked for, and begins with it for all others, unless the id is
    /// no printable ASCII.
    /// </summary>
    public string IdempotencyKey => PlainKey ? TaskId : IdempotencyKeys.Of(Request.ReplyTo, TaskId);

    /// <summary>1 for the first.</summary>
    public int Attempt => Request.Attempt;

    /// <summary>After this moment the engine no longer waits.</summary>
    public DateTimeOffset? Deadline => Request.Deadline;

    /// <summary>Where the task comes from.</summary>
    public ProcessReference? Process => Request.Process;

    /// <summary>The tenant that the task is for.</summary>
    public string? Tenant => Request.Tenant;

    /// <summary>The effect of this call.</summary>
    public required Effect Effect { get; init; }

    /// <summary>Carries the task id in its scope. Never log inputs.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Whether the task id itself is the key, see <see cref="IdempotencyKeys"/>.</summary>
    internal bool PlainKey { get; init; } = true;

    /// <summary>The clock to use, so that tests can set it.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Null for an operation that asks no other service.</summary>
    internal Questions? Questions { get; init; }

    /// <summary>
    /// Asks another service for a task and returns its outputs. Nothing waits in memory meanwhile: without an answer the
    /// operation's run ends here, and the operation runs again from its beginning when the answer is there. Then the same call
    /// returns it at once. So what is asked must follow from the inputs and from earlier answers alone, and effects of the
    /// operation's own are repeated.
    /// </summary>
    /// <param name="step">
    /// Names the question within the operation, e.g. <c>reserve</c>: lower case words of letters and digits with hyphens, at most
    /// 60 characters. Up to 100 steps; several may be asked at once, with <see cref="Task.WhenAll(Task[])"/>.
    /// </param>
    /// <param name="operation">E.g. <c>rest.request</c>; declared with <see cref="AsksAttribute"/>.</param>
    /// <param name="version">Its version, from 1.</param>
    /// <param name="inputs">Written as JSON; an object. Secrets by name only.</param>
    /// <param name="cancellation">The operation's.</param>
    /// <returns>The outputs.</returns>
    /// <exception cref="TaskWaitsException">There is no answer yet. Let it pass.</exception>
    /// <exception cref="InnerTaskRejectedException">The answer is a business error.</exception>
    /// <exception cref="InnerTaskFailedException">The task was given up.</exception>
    /// <exception cref="TaskErrorException">It cannot be asked, or the answer cannot be taken; the message names the step.</exception>
    public Task<JsonElement> AskAsync(
        string step,
        string operation,
        int version,
        object inputs,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Questions is null
            ? throw new InvalidOperationException(
                $"An operation that asks says whom: put [Asks(\"{operation}\")] on its class."
            )
            : Questions.AskAsync(step, operation, version, inputs, cancellation);
    }

    /// <summary>As <see cref="AskAsync"/>, with the outputs as a record. Outputs that it does not have are left out.</summary>
    public async Task<TOutput> AskAsync<TOutput>(
        string step,
        string operation,
        int version,
        object inputs,
        CancellationToken cancellation
    ) => AnswerReading.Fit<TOutput>(await AskAsync(step, operation, version, inputs, cancellation), step, operation);
}
