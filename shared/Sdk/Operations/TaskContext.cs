using Integration.Contracts;
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

    /// <summary>After this moment nobody waits any more.</summary>
    public DateTimeOffset? Deadline => Request.Deadline;

    /// <summary>Where the task comes from.</summary>
    public ProcessReference? Process => Request.Process;

    /// <summary>For whom.</summary>
    public string? Tenant => Request.Tenant;

    /// <summary>The effect of this call.</summary>
    public required Effect Effect { get; init; }

    /// <summary>Carries the task id in its scope. Never log inputs.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Whether the task id itself is the key, see <see cref="IdempotencyKeys"/>.</summary>
    internal bool PlainKey { get; init; } = true;

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
