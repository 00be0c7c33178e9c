using Integration.Bus;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>One execution of a task, and what is known of it while it runs.</summary>
internal sealed class TaskAttempt(
    Delivery delivery,
    JournalTask work,
    TaskExecution execution,
    HeldTask? held,
    bool resumed,
    CancellationToken stopping
)
{
    public Delivery Delivery { get; } = delivery;

    public TaskRequested Request { get; } = work.Request;

    /// <summary>For the journal. An operation that asks other services goes on under the key that it began with.</summary>
    public JournalTask Work { get; set; } = work;

    public TaskExecution Execution { get; } = execution;

    /// <summary>What an earlier run that asked other services has left; null when there is none.</summary>
    public HeldTask? Held { get; } = held;

    /// <summary>
    /// Goes on with what was begun in time, after an answer. Also where the answer did not bring it here: the process died after it
    /// had asked.
    /// </summary>
    public bool Resumed { get; } = resumed || held?.IsResumedBy(work.Request) == true;

    /// <summary>The end of the process.</summary>
    public CancellationToken Stopping { get; } = stopping;

    /// <summary>Null until the task is admitted.</summary>
    public OperationDescription? Operation { get; set; }

    /// <summary>Of this task; <see cref="Effect.Read"/> until its inputs are read.</summary>
    public Effect Effect { get; set; } = Effect.Read;

    /// <summary>Null for an operation that does not ask other services.</summary>
    public Questions? Questions { get; set; }

    /// <summary>The operation has asked another service and waits for the answer.</summary>
    public bool Waits => Questions is { Waits: true };

    /// <summary>The call has begun: from here on its effect may have happened.</summary>
    public bool Begun { get; set; }

    /// <summary>When the attempt began to wait for its target, then when its call began.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Time for the call.</summary>
    public TimeSpan Limit { get; set; }

    /// <summary>Signalled when the limit has passed, on a cancellation, and at the end of the process.</summary>
    public CancellationToken TimeIsUp { get; set; }
}
