using Integration.Contracts;

namespace Integration.ProcessCore.Engine;

/// <summary>What a command led to.</summary>
/// <param name="State">The instance afterwards.</param>
/// <param name="Outgoing">The events for services, engines and error treatment, in order.</param>
/// <param name="History">What happened, in order.</param>
/// <param name="Refusal">Why the command could not be obeyed; nothing has changed then.</param>
internal sealed record Transition(
    InstanceState State,
    IReadOnlyList<OutgoingEvent> Outgoing,
    IReadOnlyList<HistoryEntry> History,
    string? Refusal = null
)
{
    /// <summary>Whether there is anything to write.</summary>
    public bool Changed => History.Count > 0;
}

/// <summary>An event for a service, an engine or error treatment.</summary>
internal abstract record OutgoingEvent;

/// <summary>A service is asked to do something.</summary>
internal sealed record RequestTask(TaskRequested Event) : OutgoingEvent;

/// <summary>The instance no longer waits for the task.</summary>
internal sealed record CancelTask(TaskCancelled Event) : OutgoingEvent;

/// <summary>Reports to error treatment a failure that only the engine can see.</summary>
internal sealed record ReportError(TaskErrored Event) : OutgoingEvent;

/// <summary>The requester of the instance learns that it has ended.</summary>
internal sealed record TellCompleted(InstanceCompleted Event) : OutgoingEvent;

/// <summary>The requester of the instance learns that it was cancelled or ended with an error.</summary>
internal sealed record TellFailed(InstanceFailed Event) : OutgoingEvent;

/// <summary>One line of what happened.</summary>
/// <param name="Type">One of <see cref="HistoryTypes"/>.</param>
/// <param name="Element">Element id.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Detail">In words; never values of variables.</param>
/// <param name="By">The caller who asked for it; null when no caller did, or callers are not asked who they are.</param>
internal sealed record HistoryEntry(
    string Type,
    string? Element = null,
    string? TaskId = null,
    string? Detail = null,
    string? By = null
);
