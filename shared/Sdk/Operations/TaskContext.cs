using Integration.Contracts;
using Microsoft.Extensions.Logging;

namespace Integration.Sdk;

/// <summary>The task that an operation works on.</summary>
public sealed class TaskContext
{
    /// <summary>The request as it came.</summary>
    public required TaskRequested Request { get; init; }

    /// <summary>Unique for ever.</summary>
    public string TaskId => Request.TaskId;

    /// <summary>What a target that knows idempotency keys gets: the task id, the same for every attempt.</summary>
    public string IdempotencyKey => Request.TaskId;

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

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
