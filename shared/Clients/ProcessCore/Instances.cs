using System.Text.Json;

namespace Integration.Clients;

/// <summary>What to start.</summary>
/// <param name="Definition">BPMN process id.</param>
/// <param name="Variables">An object; what the process begins with.</param>
/// <param name="BusinessKey">What the instance is known by outside.</param>
/// <param name="Version">A certain version; the latest unless given.</param>
public sealed record Start(
    string Definition,
    JsonElement? Variables = null,
    string? BusinessKey = null,
    int? Version = null
);

/// <summary>What was started.</summary>
/// <param name="Id">The instance.</param>
/// <param name="Definition">BPMN process id.</param>
/// <param name="Version">Null when the request had been answered before.</param>
/// <param name="Repeated">Whether the same request had started it before.</param>
public sealed record Started(string Id, string Definition, int? Version, bool Repeated);

/// <summary>Why an instance is ended.</summary>
/// <param name="Reason">For the history and the services whose tasks are withdrawn.</param>
public sealed record Cancel(string? Reason = null);

/// <summary>A process instance in a list.</summary>
/// <param name="Id">Later ones sort behind earlier ones.</param>
/// <param name="Definition">BPMN process id.</param>
/// <param name="Version">Of the definition.</param>
/// <param name="BusinessKey">As it was started with.</param>
/// <param name="State"><c>running</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="Incidents">How many open incidents it has.</param>
public sealed record InstanceSummary(
    string Id,
    string Definition,
    int Version,
    string? BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    int Incidents
);

/// <summary>A process instance with everything that is known of it.</summary>
/// <param name="Id">The instance.</param>
/// <param name="Definition">BPMN process id.</param>
/// <param name="Version">Of the definition.</param>
/// <param name="BusinessKey">As it was started with.</param>
/// <param name="State"><c>running</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="ErrorCode">Of the error that it ended with.</param>
/// <param name="Variables">By name.</param>
/// <param name="Open">Elements that wait.</param>
/// <param name="Incidents">What a person must look at.</param>
public sealed record Instance(
    string Id,
    string Definition,
    int Version,
    string? BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? ErrorCode,
    JsonElement Variables,
    IReadOnlyList<OpenElement> Open,
    IReadOnlyList<Incident> Incidents
);

/// <summary>An element that waits.</summary>
/// <param name="Element">Its id in the process.</param>
/// <param name="Since">Since when.</param>
/// <param name="TaskId">The task that it waits for.</param>
/// <param name="Deadline">Until when that is to be answered.</param>
/// <param name="Message">Name of the message that it waits for.</param>
/// <param name="CorrelationKey">What that must carry.</param>
/// <param name="NextTimer">When its next timer fires.</param>
public sealed record OpenElement(
    string Element,
    DateTimeOffset Since,
    string? TaskId,
    DateTimeOffset? Deadline,
    string? Message,
    string? CorrelationKey,
    DateTimeOffset? NextTimer
);

/// <summary>What a person must look at.</summary>
/// <param name="Id">What <see cref="IProcessCoreApi.RetryAsync"/> takes.</param>
/// <param name="Kind"><c>parked</c>, <c>no-answer</c>, <c>failed</c>, <c>uncaught-error</c>, <c>expression</c> or <c>stuck</c>.</param>
/// <param name="InstanceId">The process instance.</param>
/// <param name="Definition">BPMN process id.</param>
/// <param name="BusinessKey">Of the instance.</param>
/// <param name="Element">The element that it is at.</param>
/// <param name="Code">Stable and machine-readable.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="At">Since when.</param>
/// <param name="TaskId">The task, where it is about one.</param>
/// <param name="FailureId">The failure in error treatment that holds the task.</param>
public sealed record Incident(
    string Id,
    string Kind,
    string InstanceId,
    string Definition,
    string? BusinessKey,
    string Element,
    string Code,
    string Message,
    DateTimeOffset At,
    string? TaskId,
    string? FailureId
);

/// <summary>One line of an instance's history.</summary>
/// <param name="At">When.</param>
/// <param name="Type">What happened, e.g. <c>task.requested</c>.</param>
/// <param name="Element">Id of the element.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Detail">More, in words.</param>
/// <param name="By">The verified caller who asked for it.</param>
public sealed record HistoryEntry(
    DateTimeOffset At,
    string Type,
    string? Element,
    string? TaskId,
    string? Detail,
    string? By
);

/// <summary>A BPMN message.</summary>
/// <param name="Name">Of the message.</param>
/// <param name="CorrelationKey">Which of the instances that wait for it gets it.</param>
/// <param name="Variables">An object; what the instance gets.</param>
/// <param name="RequestId">Repeating it delivers nothing a second time.</param>
public sealed record Message(
    string Name,
    string? CorrelationKey = null,
    JsonElement? Variables = null,
    string? RequestId = null
);

/// <summary>What became of a message.</summary>
/// <param name="RequestId">Repeating it delivers nothing a second time.</param>
/// <param name="Repeated">Whether it had been taken before.</param>
/// <param name="InstanceId">The instance that took it; null while it waits.</param>
public sealed record Delivered(string RequestId, bool Repeated, string? InstanceId);
