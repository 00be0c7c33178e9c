using System.Text.Json;
using Integration.ProcessCore.Bpmn;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>A deployed version.</summary>
/// <param name="Id">BPMN process id.</param>
/// <param name="Version">Counts from 1 for each id.</param>
/// <param name="Name">As the file has it.</param>
/// <param name="DeployedAt">When; absent in the answer to a deployment.</param>
/// <param name="Xml">The file; only where one version is asked for.</param>
/// <param name="Notices">What was taken and has no effect; of the whole file.</param>
/// <param name="WithdrawnAt">Since when nothing starts it any more.</param>
/// <param name="Definitions">All that are deployed, when a file has more than one process.</param>
internal sealed record DefinitionAnswer(
    string Id,
    int Version,
    string? Name,
    DateTimeOffset? DeployedAt = null,
    IReadOnlyList<Notice>? Notices = null,
    string? Xml = null,
    DateTimeOffset? WithdrawnAt = null,
    IReadOnlyList<DefinitionAnswer>? Definitions = null
);

/// <summary>A process instance in a list.</summary>
/// <param name="Id">Made here; later ones sort behind earlier ones.</param>
/// <param name="Definition">BPMN process id.</param>
/// <param name="Version">Of the definition.</param>
/// <param name="BusinessKey">As it was started with.</param>
/// <param name="State"><c>running</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="EndedAt">When it ended; absent while it runs.</param>
/// <param name="Incidents">How many open incidents it has.</param>
internal sealed record InstanceSummary(
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
/// <param name="Id">Made here.</param>
/// <param name="Definition">BPMN process id.</param>
/// <param name="Version">Of the definition.</param>
/// <param name="BusinessKey">As it was started with.</param>
/// <param name="State"><c>running</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="EndedAt">When it ended; absent while it runs.</param>
/// <param name="ErrorCode">Of the error that it ended with.</param>
/// <param name="Variables">By name.</param>
/// <param name="Open">Elements that wait.</param>
/// <param name="Incidents">What a person must look at.</param>
internal sealed record InstanceAnswer(
    string Id,
    string Definition,
    int Version,
    string? BusinessKey,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? ErrorCode,
    IReadOnlyDictionary<string, JsonElement> Variables,
    IReadOnlyList<ElementAnswer> Open,
    IReadOnlyList<IncidentAnswer> Incidents
)
{
    public static InstanceAnswer Of(InstanceState state) =>
        new(
            state.Id,
            state.Definition,
            state.Version,
            state.BusinessKey,
            InstanceRow.Name(state.Status),
            state.StartedAt,
            state.EndedAt,
            state.ErrorCode,
            state.Variables,
            [.. state.Open.Select(ElementAnswer.Of)],
            [.. state.Incidents.Select(incident => IncidentAnswer.Of(state, incident))]
        );
}

/// <summary>An element that waits.</summary>
/// <param name="Element">Its id in the process.</param>
/// <param name="Since">Since when.</param>
/// <param name="TaskId">The task that it waits for.</param>
/// <param name="Deadline">Until when that is to be answered.</param>
/// <param name="Message">Name of the message that it waits for.</param>
/// <param name="CorrelationKey">What that must carry.</param>
/// <param name="NextTimer">When its next timer fires.</param>
internal sealed record ElementAnswer(
    string Element,
    DateTimeOffset Since,
    string? TaskId,
    DateTimeOffset? Deadline,
    string? Message,
    string? CorrelationKey,
    DateTimeOffset? NextTimer
)
{
    public static ElementAnswer Of(OpenElement element) =>
        new(
            element.Element,
            element.Since,
            element.Task?.Id,
            element.Task?.Deadline,
            element.Message?.Name,
            element.Message?.CorrelationKey,
            element.Timers.Count == 0 ? null : element.Timers.Min(timer => timer.Due)
        );
}

/// <summary>What a person must look at.</summary>
/// <param name="Id">What <c>/incidents/{id}/retry</c> takes.</param>
/// <param name="Kind"><c>parked</c>, <c>no-answer</c>, <c>failed</c>, <c>uncaught-error</c>, <c>expression</c> or <c>stuck</c>.</param>
/// <param name="InstanceId">Of which process instance.</param>
/// <param name="Definition">BPMN process id.</param>
/// <param name="BusinessKey">Of the instance.</param>
/// <param name="Element">Where.</param>
/// <param name="Code">Stable and machine-readable.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="At">Since when.</param>
/// <param name="TaskId">The task, where it is about one.</param>
/// <param name="FailureId">The failure in error treatment that holds the task.</param>
internal sealed record IncidentAnswer(
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
)
{
    public static IncidentAnswer Of(InstanceState state, Incident incident) =>
        new(
            TaskIds.Of(state.Id, incident.Key),
            Name(incident.Kind),
            state.Id,
            state.Definition,
            state.BusinessKey,
            incident.Element,
            incident.Code,
            incident.Message,
            incident.At,
            incident.TaskId,
            incident.FailureId
        );

    private static string Name(IncidentKind kind) =>
        kind switch
        {
            IncidentKind.Parked => "parked",
            IncidentKind.NoAnswer => "no-answer",
            IncidentKind.Failed => "failed",
            IncidentKind.UncaughtError => "uncaught-error",
            IncidentKind.Expression => "expression",
            IncidentKind.Stuck => "stuck",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };
}

/// <summary>One line of an instance's history.</summary>
/// <param name="At">When.</param>
/// <param name="Type">What happened, e.g. <c>task.requested</c>.</param>
/// <param name="Element">Id of the element.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Detail">More, in words.</param>
/// <param name="By">The verified caller who asked for it; absent where no caller did, or callers are not asked who they are.</param>
internal sealed record HistoryAnswer(
    DateTimeOffset At,
    string Type,
    string? Element,
    string? TaskId,
    string? Detail,
    string? By
);

/// <summary>Answer to a start.</summary>
/// <param name="Id">Of the instance.</param>
/// <param name="Definition">BPMN process id.</param>
/// <param name="Version">The version that was started; absent when the request had been answered before.</param>
/// <param name="Repeated">Whether the same request had started it before.</param>
internal sealed record StartedAnswer(string Id, string Definition, int? Version, bool Repeated);

/// <summary>Answer to a message.</summary>
/// <param name="RequestId">Repeating it delivers nothing a second time.</param>
/// <param name="Repeated">Whether it had been taken before.</param>
/// <param name="InstanceId">The instance that took it; absent while it waits.</param>
internal sealed record MessageAnswer(string RequestId, bool Repeated, string? InstanceId);
